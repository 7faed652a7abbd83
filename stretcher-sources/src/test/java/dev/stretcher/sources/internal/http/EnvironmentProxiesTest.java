package dev.stretcher.sources.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentProxiesTest {
  private static EnvironmentProxies proxies(String... pairs) {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      environment.put(pairs[i], pairs[i + 1]);
    }
    return new EnvironmentProxies(environment);
  }

  private static String shown(EnvironmentProxies proxies, String url) {
    URI uri = URI.create(url);
    Proxy proxy = proxies.select(uri).get(0);
    if (proxy.address() == null) {
      return "none";
    }
    InetSocketAddress address = (InetSocketAddress) proxy.address();
    assertThat(address.isUnresolved()).as("the proxy client asks the DNS").isTrue();
    return proxy.type() + " " + address.getHostString() + ":" + address.getPort();
  }

  @Test
  void eachSchemeHasItsProxy() {
    EnvironmentProxies both =
        proxies("HTTP_PROXY", "http://plain:3128", "HTTPS_PROXY", "http://secure:3129/");
    assertThat(shown(both, "http://example.com/")).isEqualTo("HTTP plain:3128");
    assertThat(shown(both, "https://example.com/")).isEqualTo("HTTP secure:3129");
    EnvironmentProxies one = proxies("HTTPS_PROXY", "secure:3129");
    assertThat(shown(one, "http://example.com/")).isEqualTo("none");
    assertThat(shown(one, "https://example.com/")).isEqualTo("HTTP secure:3129");
  }

  @Test
  void namesInLowerCaseCountWhereThoseInUpperCaseAreMissing() {
    EnvironmentProxies lower = proxies("http_proxy", "lower:1", "no_proxy", "example.com");
    assertThat(shown(lower, "http://other.com/")).isEqualTo("HTTP lower:1");
    assertThat(shown(lower, "http://example.com/")).isEqualTo("none");
    assertThat(shown(proxies("http_proxy", "lower:1", "HTTP_PROXY", "upper:2"), "http://other.com"))
        .isEqualTo("HTTP upper:2");
    assertThat(shown(proxies("http_proxy", "lower:1", "HTTP_PROXY", ""), "http://other.com"))
        .isEqualTo("HTTP lower:1");
  }

  @Test
  void anExemptionMayBeForOnePortWhichMayBeTheDefault() {
    EnvironmentProxies exempt =
        proxies(
            "HTTP_PROXY",
            "p:1",
            "HTTPS_PROXY",
            "p:1",
            "NO_PROXY",
            "example.com:443,example.com:81");
    assertThat(shown(exempt, "https://example.com/")).isEqualTo("none");
    assertThat(shown(exempt, "http://example.com:81/")).isEqualTo("none");
    assertThat(shown(exempt, "http://example.com/")).isEqualTo("HTTP p:1");
  }

  /** There it is the header Proxy of whoever sends the request, see https://httpoxy.org. */
  @Test
  void inACgiProgramAClientCannotChooseTheProxy() {
    EnvironmentProxies cgi =
        proxies("REQUEST_METHOD", "GET", "HTTP_PROXY", "evil:1", "HTTPS_PROXY", "ours:2");
    assertThat(shown(cgi, "http://example.com/")).isEqualTo("none");
    assertThat(shown(cgi, "https://example.com/")).isEqualTo("HTTP ours:2");
  }

  @Test
  void aKindOfProxyThatIsNotSupportedIsNamedWhereItIsNeeded() {
    EnvironmentProxies socks = proxies("HTTP_PROXY", "socks5://host:1080", "NO_PROXY", "near");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> socks.of("http", "example.com", 80))
        .withMessageStartingWith("HTTP_PROXY is not like http://host:port");
    assertThat(socks.of("https", "example.com", 443)).isEmpty();
    assertThat(socks.of("http", "near", 80)).isEmpty();
  }
}
