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
  private final Named http;
  private final Named https;
  private final NoProxy exempt;

  /** A variable that may name a proxy; empty is none. */
  private record Named(String variable, String address) {
    Optional<HttpUrl> url() {
      if (address.isEmpty()) {
        return Optional.empty();
      }
      @Nullable HttpUrl url =
          HttpUrl.parse(address.contains("://") ? address : "http://" + address);
      if (url == null || url.isHttps() || isCut(url)) {
        throw new IllegalArgumentException(
            variable
                + " is not like http://host:port; proxies of SOCKS or over TLS are not supported,"
                + " and in a password @ is %40, / is %2F, # is %23, ? is %3F");
      }
      return Optional.of(url);
    }
  }

  /** Tells whether a password has been cut by a slash, question mark or number sign in it. */
  private static boolean isCut(HttpUrl url) {
    return (url.encodedPath() + url.encodedQuery() + url.encodedFragment()).contains("@");
  }

  /** Reads an environment. A proxy that cannot be used is an error when it is needed. */
  public EnvironmentProxies(Map<String, String> environment) {
    // In a CGI program, HTTP_PROXY is what a client says in its header Proxy.
    boolean cgi = environment.containsKey("REQUEST_METHOD");
    this.http = new Named("HTTP_PROXY", cgi ? "" : value(environment, "HTTP_PROXY"));
    this.https = new Named("HTTPS_PROXY", value(environment, "HTTPS_PROXY"));
    this.exempt = NoProxy.parse(value(environment, "NO_PROXY"));
  }

  private static String value(Map<String, String> environment, String name) {
    String upper = environment.getOrDefault(name, "");
    String lower = name.toLowerCase(Locale.ROOT);
    return upper.isEmpty() ? environment.getOrDefault(lower, "") : upper;
  }

  /**
   * Returns the proxy for a URL.
   *
   * @throws IllegalArgumentException if the kind of the proxy is unknown
   */
  public Optional<HttpUrl> of(String scheme, String host, int port) {
    return exempt.matches(host, port)
        ? Optional.empty()
        : (scheme.equals("https") ? https : http).url();
  }

  /** Returns the proxy for a URL as Java names it, {@link Proxy#NO_PROXY} if there is none. */
  Proxy proxy(HttpUrl of) {
    return proxy(of.scheme(), of.host(), of.port());
  }

  private Proxy proxy(String scheme, String host, int port) {
    return of(scheme, host, port)
        .map(url -> InetSocketAddress.createUnresolved(url.host(), url.port()))
        .map(address -> new Proxy(Proxy.Type.HTTP, address))
        .orElse(Proxy.NO_PROXY);
  }

  @Override
  public List<Proxy> select(URI uri) {
    int port = uri.getPort() < 0 ? HttpUrl.defaultPort(uri.getScheme()) : uri.getPort();
    return List.of(proxy(uri.getScheme(), uri.getHost(), port));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException e) {
    // The request fails, and says so.
  }
}
