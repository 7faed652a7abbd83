package dev.stretcher.sync.internal.filter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A pattern, and what becomes of the names that it matches.
 *
 * @param includes whether they are included, after all
 */
record FilterRule(boolean includes, PathPattern pattern) {
  /** Reads a pattern, with {@code + } or {@code - } before it or without. */
  static FilterRule parse(byte[] text) throws IOException {
    boolean prefixed = text.length > 1 && (text[0] == '+' || text[0] == '-') && text[1] == ' ';
    byte[] pattern = prefixed ? Arrays.copyOfRange(text, 2, text.length) : text;
    if (pattern.length == 0) {
      throw new IOException(
          "the exclude pattern '%s' is empty; write a name after it, or remove it"
              .formatted(new String(text, StandardCharsets.UTF_8)));
    }
    return new FilterRule(prefixed && text[0] == '+', PathPattern.of(pattern));
  }

  boolean matches(byte[] path, boolean directory) {
    return pattern.matches(path, directory);
  }
}
