package dev.stretcher.sources.internal.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The proxies of the environment, by the rules of Go's <a
 * href="https://pkg.go.dev/golang.org/x/net/http/httpproxy">httpproxy</a>, which the original has:
 * {@code HTTP_PROXY}, {@code HTTPS_PROXY} and {@code NO_PROXY}, or the same in lower case. {@code
 * localhost} and loopback addresses are never reached through a proxy. Immutable.
 */
public final class EnvironmentProxies extends ProxySelector {
  private final Optional<HttpUrl> http;
  private final Optional<HttpUrl> https;
  private final NoProxy exempt;

  /**
   * Reads an environment.
   *
   * @throws IllegalArgumentException if the kind of a proxy is unknown
   */
  public EnvironmentProxies(Map<String, String> environment) {
    // In a CGI program, HTTP_PROXY is what a client says in its header Proxy.
    boolean cgi = environment.containsKey("REQUEST_METHOD");
    this.http = cgi ? Optional.empty() : proxy(environment, "HTTP_PROXY");
    this.https = proxy(environment, "HTTPS_PROXY");
    this.exempt = NoProxy.parse(value(environment, "NO_PROXY"));
  }

  private static String value(Map<String, String> environment, String name) {
    String upper = environment.getOrDefault(name, "");
    String lower = name.toLowerCase(Locale.ROOT);
    return upper.isEmpty() ? environment.getOrDefault(lower, "") : upper;
  }

  private static Optional<HttpUrl> proxy(Map<String, String> environment, String name) {
    String value = value(environment, name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    @Nullable HttpUrl url = HttpUrl.parse(value.contains("://") ? value : "http://" + value);
    if (url == null || url.isHttps()) {
      throw new IllegalArgumentException(
          name + " is not like http://host:port; proxies of SOCKS or over TLS are not supported");
    }
    return Optional.of(url);
  }

  /** Returns the proxy for a URL. */
  public Optional<HttpUrl> of(String scheme, String host, int port) {
    Optional<HttpUrl> proxy = scheme.equals("https") ? https : http;
    return proxy.filter(url -> !exempt.matches(host, port));
  }

  @Override
  public List<Proxy> select(URI uri) {
    int port = uri.getPort() < 0 ? HttpUrl.defaultPort(uri.getScheme()) : uri.getPort();
    return List.of(
        of(uri.getScheme(), uri.getHost(), port)
            .map(url -> InetSocketAddress.createUnresolved(url.host(), url.port()))
            .map(address -> new Proxy(Proxy.Type.HTTP, address))
            .orElse(Proxy.NO_PROXY));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException e) {
    // The request fails, and says so.
  }
}
