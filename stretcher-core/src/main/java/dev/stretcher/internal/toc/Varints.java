package dev.stretcher.internal.toc;

import java.util.Arrays;

/**
 * Numbers of seven bits a byte, the lowest first, the high bit set but in the last byte. There may
 * be millions.
 */
final class Varints {
  private static final int LONGEST = 10;

  private byte[] bytes = new byte[64];
  private int length;

  void add(long number) {
    if (bytes.length - length < LONGEST) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    long left = number;
    while (left > 0x7f) {
      bytes[length++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    bytes[length++] = (byte) left;
  }

  /** Returns where the next number will be. */
  int length() {
    return length;
  }

  byte[] bytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Goes over numbers from a place on. */
  static final class Cursor {
    private final byte[] bytes;
    private int at;

    Cursor(byte[] bytes, int at) {
      this.bytes = bytes;
      this.at = at;
    }

    boolean hasNext() {
      return at < bytes.length;
    }

    long next() {
      long value = 0;
      int shift = 0;
      byte b;
      do {
        b = bytes[at++];
        value |= (b & 0x7fL) << shift;
        shift += 7;
      } while (b < 0);
      return value;
    }
  }
}
