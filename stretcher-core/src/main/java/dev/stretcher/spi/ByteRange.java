package dev.stretcher.spi;

import java.util.OptionalLong;

/**
 * A range of bytes of an object, as in <a
 * href="https://www.rfc-editor.org/rfc/rfc9110#section-14.1.2">RFC 9110, section 14.1.2</a>.
 *
 * @param first the offset of the first byte, from 0
 * @param last the offset of the last byte, inclusive; empty for the end of the object
 */
public record ByteRange(long first, OptionalLong last) {
  /** The whole object. */
  public static final ByteRange ALL = from(0);

  /** Refuses a range that is negative or empty. */
  public ByteRange {
    if (first < 0 || (last.isPresent() && last.getAsLong() < first)) {
      throw new IllegalArgumentException("not a range: " + first + " to " + last);
    }
  }

  /** Returns the range from {@code first} to the end of the object. */
  public static ByteRange from(long first) {
    return new ByteRange(first, OptionalLong.empty());
  }

  /** Tells whether this is the whole object. */
  public boolean isAll() {
    return first == 0 && last.isEmpty();
  }

  /** Returns the form of the HTTP header, such as {@code bytes=0-99}. */
  public String toHeader() {
    return "bytes=" + first + "-" + (last.isPresent() ? last.getAsLong() : "");
  }
}
