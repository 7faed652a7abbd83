package dev.stretcher.policy;

import dev.stretcher.text.LenientUri;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The URLs below a given URL: with the same scheme, host and port, and with its path or one below.
 *
 * <p>Not a prefix of text: {@code https://host/apps} covers {@code https://host/apps/1.yml} and
 * neither {@code https://host/apps-evil/}, nor {@code https://host@evil/apps/}, nor {@code
 * https://host/apps/../x}. A URL whose path has a {@code .}, a {@code ..} or an encoded slash, or
 * what some server could take for one of them ({@code ..;x}, {@code ..%09}, {@code %252e%252e}), is
 * below none, since servers differ in what they make of it. Neither is a URI without a path, such
 * as {@code code:manifest}. Immutable.
 */
public final class UrlPrefix {
  private final URI uri;
  private final List<String> segments;

  private UrlPrefix(URI uri, List<String> segments) {
    this.uri = uri;
    this.segments = segments;
  }

  /**
   * Reads a prefix.
   *
   * @throws IllegalArgumentException if it is not a URL, or has user information, a query, a
   *     fragment or a path that is not plain
   */
  public static UrlPrefix parse(String text) {
    URI uri = LenientUri.parse(text);
    if (place(uri).contains("@") || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "a URL prefix has no user, no query and no fragment; write it like https://host/apps/");
    }
    List<String> segments =
        segments(uri)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the path of a URL prefix has no '.', no '..', no encoded slash, no control"
                            + " character and nothing that a server could take for them"));
    boolean directory = !segments.isEmpty() && segments.get(segments.size() - 1).isEmpty();
    return new UrlPrefix(
        uri, directory ? segments.subList(0, segments.size() - 1) : List.copyOf(segments));
  }

  /** Tells whether {@code other} is this URL or one below it. */
  public boolean covers(URI other) {
    Optional<List<String>> path = other.isOpaque() ? Optional.empty() : segments(other);
    return scheme(uri).equals(scheme(other))
        && place(uri).equals(withoutUser(other))
        && path.isPresent()
        && path.get().size() >= segments.size()
        && path.get().subList(0, segments.size()).equals(segments);
  }

  private static String scheme(URI uri) {
    return String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
  }

  /**
   * Returns host and port as they are compared; of a bucket, which is no host, what was written.
   */
  private static String place(URI uri) {
    String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    String defaultPort =
        switch (scheme(uri)) {
          case "http" -> ":80";
          case "https" -> ":443";
          default -> "";
        };
    String place = authority.toLowerCase(Locale.ROOT);
    return !defaultPort.isEmpty() && place.endsWith(defaultPort)
        ? place.substring(0, place.length() - defaultPort.length())
        : place;
  }

  /**
   * Only a web server is logged in to; in other URLs a user has no meaning, and matches nothing.
   */
  private static String withoutUser(URI uri) {
    String place = place(uri);
    boolean web = scheme(uri).equals("http") || scheme(uri).equals("https");
    return web ? place.substring(place.lastIndexOf('@') + 1) : place;
  }

  /** Returns the decoded parts of the path; empty if it is not plain. */
  private static Optional<List<String>> segments(URI uri) {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    List<String> segments = new ArrayList<>();
    if (path.isEmpty()) {
      return Optional.of(segments);
    }
    for (String raw : path.substring(1).split("/", -1)) {
      Optional<String> segment = PlainSegment.of(raw);
      if (segment.isEmpty()) {
        return Optional.empty();
      }
      segments.add(segment.get());
    }
    return Optional.of(segments);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UrlPrefix prefix && uri.equals(prefix.uri);
  }

  @Override
  public int hashCode() {
    return uri.hashCode();
  }

  /** Returns it as it was written. */
  @Override
  public String toString() {
    return uri.toString();
  }
}
