package dev.stretcher.policy;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A part of the path of a URL that all servers take for the same name.
 *
 * <p>Servers, and proxies before them, differ in what they make of a path before they look for a
 * file: some decode twice, cut off a parameter ({@code ..;x}), drop blanks and control characters,
 * take a backslash for a slash or a wide dot for a dot, or do not see characters of no width. A
 * part that leads up, or has a slash, by any of these is not plain.
 */
final class PlainSegment {
  private static final int MOST_DECODINGS = 5;
  private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");
  private static final Pattern BARE_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  /** Dots alone, whatever is cut off behind them, and blanks around them. */
  private static final Pattern DOTS =
      Pattern.compile(
          "[\\s\\p{Z}]*\\.[.\\s\\p{Z}]*([;?#:\\u2044\\u2215\\u29f8\\u2216\\u29f5].*)?",
          Pattern.DOTALL);

  private static final Pattern SEPARATOR = Pattern.compile("[/\\\\\\p{Cntrl}\\x80-\\x9f]");

  /** What cannot be seen, but belongs to names in some scripts. */
  private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}");

  /** Encodings of ASCII that are none: too long in UTF-8, or as IIS writes them. */
  private static final Pattern FORGED =
      Pattern.compile("(?i)%(c[01]%[89ab][0-9a-f]|e0%[89][0-9a-f]|f0%8|u[0-9a-f]{4})");

  private PlainSegment() {}

  /**
   * Returns the name that a part of a raw path is, each character for one byte, since bytes may be
   * no UTF-8; empty if it is not plain.
   */
  static Optional<String> of(String raw) {
    String bytes = new String(raw.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    String name = decoded(bytes, StandardCharsets.ISO_8859_1);
    String text = raw;
    for (int i = 0; i < MOST_DECODINGS; i++) {
      if (!isPlain(text)) {
        return Optional.empty();
      }
      if (!ESCAPE.matcher(text).find()) {
        return Optional.of(name);
      }
      text = decoded(text, StandardCharsets.UTF_8);
    }
    return Optional.empty();
  }

  private static String decoded(String text, Charset charset) {
    String valid = BARE_PERCENT.matcher(text).replaceAll("%25").replace("+", "%2B");
    return URLDecoder.decode(valid, charset);
  }

  private static boolean isPlain(String text) {
    String folded = Normalizer.normalize(text, Normalizer.Form.NFKC);
    return !FORGED.matcher(text).find()
        && !SEPARATOR.matcher(folded).find()
        && !DOTS.matcher(INVISIBLE.matcher(folded).replaceAll("")).matches();
  }
}
