package dev.stretcher.sync.internal.filter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A pattern, and whether it excludes or includes the names that it matches.
 *
 * @param includes whether they are included, after all
 */
record FilterRule(boolean includes, PathPattern pattern) {
  private static final int LONGEST = 4095;

  /** Reads a pattern, with {@code + } or {@code - } before it or without. */
  static FilterRule parse(byte[] text) throws IOException {
    boolean prefixed = text.length > 1 && (text[0] == '+' || text[0] == '-') && text[1] == ' ';
    byte[] pattern = prefixed ? Arrays.copyOfRange(text, 2, text.length) : text;
    requireLength(pattern, text);
    return new FilterRule(prefixed && text[0] == '+', PathPattern.of(pattern));
  }

  private static void requireLength(byte[] pattern, byte[] text) throws IOException {
    String written = new String(text, StandardCharsets.UTF_8);
    if (pattern.length == 0) {
      throw new IOException(
          "the exclude pattern '%s' is empty; write a name after it, or remove it"
              .formatted(written));
    }
    // rsync ignores it, and deletes what it was to keep.
    if (pattern.length > LONGEST) {
      throw new IOException(
          "the exclude pattern '%s…' has %s bytes; rsync(1) has no use for more than %s, shorten it"
              .formatted(
                  written.substring(0, Math.min(written.length(), 40)), pattern.length, LONGEST));
    }
  }

  /** Tells whether this rule decides; see {@link PathPattern#matches}. */
  boolean matches(byte[] slashed, boolean directory) {
    return pattern.matches(slashed, directory);
  }
}
