package dev.stretcher.sources.internal.http;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Response;

/**
 * The rules for being sent elsewhere, see <a
 * href="https://www.rfc-editor.org/rfc/rfc9110#section-15.4">RFC 9110, section 15.4</a>.
 */
public final class Redirection {
  private static final Set<Integer> STATUS = Set.of(301, 302, 303, 307, 308);

  private Redirection() {}

  static boolean is(Response response) {
    return STATUS.contains(response.code());
  }

  /** Returns the URL that {@code response} redirects to, if the rules allow it. */
  public static HttpUrl target(Response response) throws IOException {
    HttpUrl from = response.request().url();
    String location = response.header("Location");
    HttpUrl to = location == null ? null : from.resolve(location);
    if (to == null) {
      throw new AccessDeniedException(
          HttpFailure.shown(from),
          null,
          HttpAnswer.status(response)
              + (location == null ? " without a Location" : " to what is not a web address")
              + "; correct the server's configuration");
    }
    if (from.isHttps() && !to.isHttps()) {
      throw new AccessDeniedException(
          HttpFailure.shown(from),
          null,
          "redirected from https to http, to "
              + HttpFailure.shown(to)
              + ", where anyone on the way could change it; correct the server's configuration");
    }
    return to;
  }

  /** Returns the URL whose user information goes to {@code url}, {@code origin} being ours. */
  public static Optional<HttpUrl> credentials(HttpUrl origin, HttpUrl url) {
    return Optional.of(hasUser(url) || !isSameServer(origin, url) ? url : origin)
        .filter(Redirection::hasUser);
  }

  private static boolean hasUser(HttpUrl url) {
    return !url.username().isEmpty() || !url.password().isEmpty();
  }

  // From http to https of one host is the same server, if neither names an unusual port.
  static boolean isSameServer(HttpUrl a, HttpUrl b) {
    return a.host().equals(b.host())
        && ((a.scheme().equals(b.scheme()) && a.port() == b.port())
            || (hasDefaultPort(a) && hasDefaultPort(b)));
  }

  private static boolean hasDefaultPort(HttpUrl url) {
    return url.port() == HttpUrl.defaultPort(url.scheme());
  }
}
