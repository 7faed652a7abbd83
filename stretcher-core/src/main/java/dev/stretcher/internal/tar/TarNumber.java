package dev.stretcher.internal.tar;

import java.util.OptionalLong;

/**
 * Reads the numbers of tar headers: octal digits, or, where the first bit is set, a big-endian
 * number in two's complement (GNU's base-256).
 */
final class TarNumber {
  private TarNumber() {}

  /** Returns the number in a field, 0 if it is blank, nothing if it is malformed or too large. */
  static OptionalLong parse(byte[] block, int offset, int length) {
    return block[offset] < 0 ? binary(block, offset, length) : octal(block, offset, length);
  }

  private static OptionalLong binary(byte[] block, int offset, int length) {
    boolean negative = (block[offset] & 0x40) != 0;
    // The mark itself is not part of the number; a negative one has its sign there.
    long value = negative ? block[offset] : block[offset] & 0x3f;
    for (int i = offset + 1; i < offset + length; i++) {
      if (value > Long.MAX_VALUE >> 8 || value < Long.MIN_VALUE >> 8) {
        return OptionalLong.empty();
      }
      value = value << 8 | (block[i] & 0xff);
    }
    return OptionalLong.of(value);
  }

  private static OptionalLong octal(byte[] block, int offset, int length) {
    int i = offset;
    int end = offset + length;
    while (i < end && block[i] == ' ') {
      i++;
    }
    long value = 0;
    while (i < end && block[i] >= '0' && block[i] <= '7') {
      value = value << 3 | (block[i++] - '0');
    }
    boolean ended = i == end || block[i] == ' ' || block[i] == 0;
    return ended ? OptionalLong.of(value) : OptionalLong.empty();
  }
}
