package dev.stretcher.sources.internal.http;

import java.nio.charset.StandardCharsets;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/** Sends the user information of a proxy's URL to that proxy, once. Immutable. */
final class ProxyLogin implements Authenticator {
  private static final String HEADER = "Proxy-Authorization";

  private final EnvironmentProxies proxies;

  ProxyLogin(EnvironmentProxies proxies) {
    this.proxies = proxies;
  }

  @Override
  public @Nullable Request authenticate(@Nullable Route route, Response response) {
    HttpUrl url = response.request().url();
    @Nullable HttpUrl proxy = proxies.of(url.scheme(), url.host(), url.port()).orElse(null);
    boolean refused = response.request().header(HEADER) != null;
    if (proxy == null || proxy.username().isEmpty() || refused) {
      return null;
    }
    String login = Credentials.basic(proxy.username(), proxy.password(), StandardCharsets.UTF_8);
    return response.request().newBuilder().header(HEADER, login).build();
  }
}
