package dev.stretcher.sources.internal.consul;

import dev.stretcher.text.RedactedUri;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Where Consul's HTTP API is: {@code consul://HOST:PORT}, or {@code consul:///} for what {@code
 * CONSUL_HTTP_ADDR} says. Immutable.
 *
 * @param name for messages, without secrets
 * @param base what the paths of the API are put behind
 * @param scope parameters that each request has: data center, namespace, partition
 * @param path of the address, without the slash before it
 */
record ConsulAddress(String name, HttpUrl base, Map<String, String> scope, String path) {
  private static final String VARIABLE = "CONSUL_HTTP_ADDR";
  private static final String DEFAULT = "127.0.0.1:8500";
  private static final int PORT = 8500;
  private static final int SECURE_PORT = 8501;
  private static final String DATACENTER = "dc=";

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if it, or a variable, is wrong
   */
  static ConsulAddress parse(URI address, Map<String, String> environment) {
    if (address.isOpaque()
        || address.getRawUserInfo() != null
        || address.getRawFragment() != null
        || (address.getRawAuthority() != null && address.getHost() == null)) {
      throw wrong(address);
    }
    HttpUrl base =
        address.getHost() == null ? ofEnvironment(environment) : of(address, environment);
    String path = Optional.ofNullable(address.getPath()).orElse("");
    return new ConsulAddress(
        "consul://" + shown(base),
        base,
        scope(address, environment),
        path.isEmpty() ? "" : path.substring(1));
  }

  private static IllegalArgumentException wrong(URI address) {
    return new IllegalArgumentException(
        RedactedUri.of(address)
            + ": expected consul://HOST:PORT or consul://HOST:PORT?dc=NAME, with the token in"
            + " CONSUL_HTTP_TOKEN");
  }

  private static HttpUrl of(URI address, Map<String, String> environment) {
    boolean secure = ConsulVariables.isSecure(environment);
    int usual = secure ? SECURE_PORT : PORT;
    try {
      return new HttpUrl.Builder()
          .scheme(secure ? "https" : "http")
          .host(address.getHost())
          .port(address.getPort() < 0 ? usual : address.getPort())
          .build();
    } catch (IllegalArgumentException e) {
      throw wrong(address);
    }
  }

  private static HttpUrl ofEnvironment(Map<String, String> environment) {
    String named = ConsulVariables.value(environment, VARIABLE).orElse(DEFAULT);
    boolean hasScheme = named.contains("://");
    String scheme = ConsulVariables.isSecure(environment) ? "https" : "http";
    String text = hasScheme ? named : scheme + "://" + named;
    @Nullable HttpUrl url = HttpUrl.parse(text);
    if (url == null || !url.username().isEmpty() || url.query() != null) {
      throw new IllegalArgumentException(
          VARIABLE + " is not like 127.0.0.1:8500 or https://HOST:PORT; sockets are not supported");
    }
    return url.isHttps() || !ConsulVariables.isSecure(environment)
        ? url
        : url.newBuilder().scheme("https").port(url.port()).build();
  }

  private static Map<String, String> scope(URI address, Map<String, String> environment) {
    Map<String, String> scope = new LinkedHashMap<>();
    String query = Optional.ofNullable(address.getQuery()).orElse("");
    if (query.startsWith(DATACENTER) && !query.contains("&")) {
      scope.put("dc", query.substring(DATACENTER.length()));
    } else if (!query.isEmpty()) {
      throw wrong(address);
    }
    ConsulVariables.value(environment, "CONSUL_NAMESPACE").ifPresent(ns -> scope.put("ns", ns));
    ConsulVariables.value(environment, "CONSUL_PARTITION")
        .ifPresent(partition -> scope.put("partition", partition));
    return Map.copyOf(scope);
  }

  private static String shown(HttpUrl url) {
    String host = url.host();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + url.port();
  }

  /** Returns the URL of a resource, to which parameters may be added. */
  HttpUrl.Builder resource(String path) {
    HttpUrl.Builder url = base.newBuilder().addPathSegments("v1").addPathSegments(path);
    scope.forEach(url::addQueryParameter);
    return url;
  }
}
