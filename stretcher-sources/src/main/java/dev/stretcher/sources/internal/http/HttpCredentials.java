package dev.stretcher.sources.internal.http;

import dev.stretcher.sources.setting.HttpHeader;
import dev.stretcher.sources.setting.HttpSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.util.Optional;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** The credentials of requests: headers of the settings, user information, netrc. Thread-safe. */
public final class HttpCredentials {
  private final HttpSettings settings;
  private @Nullable Netrc netrc;

  public HttpCredentials(HttpSettings settings) {
    this.settings = settings;
  }

  /**
   * Adds the credentials to a request for {@code url}.
   *
   * @param origin the URL that the user asked for, which may redirect to {@code url}
   */
  public void addTo(Request.Builder request, HttpUrl origin, HttpUrl url) throws IOException {
    Optional<String> basic = basic(origin, url);
    if (basic.isPresent()) {
      request.header("Authorization", basic.get());
    }
    for (HttpHeader header : settings.headers()) {
      boolean wanted =
          header
              .host()
              .map(host -> isOn(host, url))
              .orElseGet(() -> Redirection.isSameServer(origin, url));
      if (wanted) {
        request.header(header.name(), value(header));
      }
    }
  }

  private static boolean isOn(String host, HttpUrl url) {
    String name = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
    return host.equals(name) || host.equals(name + ":" + url.port());
  }

  private Optional<String> basic(HttpUrl origin, HttpUrl url) throws IOException {
    Optional<HttpUrl> user = Redirection.credentials(origin, url);
    return user.isPresent()
        ? user.map(of -> Credentials.basic(of.username(), of.password(), StandardCharsets.UTF_8))
        : netrc()
            .of(url.host(), Redirection.isSameServer(origin, url))
            .map(of -> Credentials.basic(of.login(), of.password(), Netrc.BYTES));
  }

  private synchronized Netrc netrc() throws IOException {
    Netrc read = netrc;
    if (read == null) {
      read = Netrc.in(settings.environment());
      netrc = read;
    }
    return read;
  }

  private String value(HttpHeader header) throws IOException {
    @Nullable String value = settings.environment().get(header.variable());
    if (value == null) {
      throw unusable(header, "is not set; set it, or leave the header out");
    }
    if (!value.matches("[\\t\\x20-\\x7e]*")) {
      throw unusable(header, "has a line break or another character that no header can have");
    }
    return value;
  }

  private static AccessDeniedException unusable(HttpHeader header, String reason) {
    return Unusable.of(
        "environment variable " + header.variable(),
        reason + " (for the header " + header.name() + ")");
  }
}
