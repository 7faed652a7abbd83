package dev.stretcher.text;

import java.net.URI;

/**
 * Shows a URL to people without what may be secret in it: user information, query and fragment.
 *
 * <p>Stateless and thread-safe.
 */
public final class RedactedUri {
  private RedactedUri() {}

  /** Returns {@code uri} without user information, query and fragment. */
  public static String of(URI uri) {
    return of(uri.toString());
  }

  /** Does the same for text that may not be a URI at all. */
  public static String of(String text) {
    String shown = text.replaceFirst("[?#].*", "");
    int authority = shown.indexOf("://");
    if (authority < 0) {
      return shown;
    }
    int start = authority + 3;
    int slash = shown.indexOf('/', start);
    int end = slash < 0 ? shown.length() : slash;
    int at = shown.lastIndexOf('@', end - 1);
    return at < start ? shown : shown.substring(0, start) + shown.substring(at + 1);
  }
}
