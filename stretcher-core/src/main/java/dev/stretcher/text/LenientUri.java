package dev.stretcher.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * URLs as people write them: with characters in path, query and fragment that {@link URI} refuses,
 * such as the space and {@code |} of S3 keys, which are percent-encoded.
 *
 * <p>Accepts what Go's <a href="https://pkg.go.dev/net/url#Parse">url.Parse</a> accepts, if it has
 * a scheme and an authority or an absolute path. Stateless and thread-safe.
 */
public final class LenientUri {
  // RFC 3986, appendix B, with a scheme.
  private static final Pattern PARTS =
      Pattern.compile(
          "([a-zA-Z][a-zA-Z0-9+.-]*:)(//[^/?#]*)?([^?#]*)(\\?[^#]*)?(#.*)?", Pattern.DOTALL);
  private static final Pattern BARE_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final String LEGAL = "-._~!$&'()*+,;=:@/?%";

  private LenientUri() {}

  /**
   * Returns the URL that {@code text} says. Its {@linkplain URI#getHost() host} is null if it is
   * not a valid host name, as that of a bucket with an underscore; the {@linkplain
   * URI#getAuthority() authority} is what was written.
   *
   * @throws IllegalArgumentException if it says none; the message is one line without secrets
   */
  public static URI parse(String text) {
    Matcher parts = PARTS.matcher(text);
    if (!parts.matches() || (parts.group(2) == null && !parts.group(3).startsWith("/"))) {
      throw notUrl(
          text,
          text.startsWith("/")
              ? "a file of this host is file:///path"
              : "a scheme and '//' are missing");
    }
    if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw notUrl(text, "it contains a control character");
    }
    String authority = parts.group(2) == null ? "" : parts.group(2);
    String rest = encoded(parts.group(3)) + query(parts.group(4)) + part('#', parts.group(5));
    try {
      return new URI(parts.group(1) + authority(authority) + rest);
    } catch (URISyntaxException e) {
      // Its message, and its stack trace if it were the cause, show the secrets of the URL.
      throw notUrl(text, e.getReason().toLowerCase(Locale.ROOT) + "; a literal % is %25");
    }
  }

  /** Encodes user information, in which an {@code @} may stand; host names stay. */
  private static String authority(String authority) {
    int at = authority.lastIndexOf('@');
    return at < 0
        ? authority
        : "//" + encoded(authority.substring(2, at)).replace("@", "%40") + authority.substring(at);
  }

  /** Go does not look into a query, so that a percent sign alone is one there. */
  private static String query(@Nullable String query) {
    return query == null ? "" : part('?', BARE_PERCENT.matcher(query).replaceAll("%25"));
  }

  private static String part(char start, @Nullable String text) {
    return text == null ? "" : start + encoded(text.substring(1));
  }

  private static String encoded(String text) {
    StringBuilder result = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || LEGAL.indexOf(c) >= 0)) {
        result.append(c);
      } else {
        result.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      }
    }
    return result.toString();
  }

  private static IllegalArgumentException notUrl(String text, String reason) {
    String shown = RedactedUri.of(text);
    String shortened = shown.length() > 100 ? shown.substring(0, 100) + "…" : shown;
    return new IllegalArgumentException(
        "'" + shortened + "' is not a URL: " + reason + "; write it like https://host/app.yml");
  }
}
