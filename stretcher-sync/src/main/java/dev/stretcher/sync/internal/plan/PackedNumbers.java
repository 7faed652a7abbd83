package dev.stretcher.sync.internal.plan;

import java.util.Arrays;

/** Numbers and short texts one after the other, of which small numbers take one byte. */
final class PackedNumbers {
  private static final int BITS = 7;
  private static final int MORE = 1 << BITS;
  private static final int LONGEST = 10;
  private static final byte[] NOTHING = {};

  private byte[] packed = NOTHING;
  private int length;

  void add(long number) {
    reserve(LONGEST);
    // Negative ones of a small amount are small, too.
    long left = number << 1 ^ number >> 63;
    while (left < 0 || left >= MORE) {
      packed[length++] = (byte) (left & MORE - 1 | MORE);
      left >>>= BITS;
    }
    packed[length++] = (byte) left;
  }

  void add(byte[] text) {
    add(text.length);
    reserve(text.length);
    System.arraycopy(text, 0, packed, length, text.length);
    length += text.length;
  }

  private void reserve(int more) {
    if (length + more > packed.length) {
      packed = Arrays.copyOf(packed, Math.max(64, packed.length * 3 / 2 + more));
    }
  }

  /** Gives back the memory that is only for more. */
  void trim() {
    packed = Arrays.copyOf(packed, length);
  }

  int bytes() {
    return packed.length;
  }

  /** Returns what takes them in their order. */
  Reader read() {
    return new Reader();
  }

  /** Takes numbers and texts in their order. */
  final class Reader {
    private int position;

    boolean hasNext() {
      return position < length;
    }

    long number() {
      long number = 0;
      byte next;
      int shift = 0;
      do {
        next = packed[position++];
        number |= (next & MORE - 1L) << shift;
        shift += BITS;
      } while (next < 0);
      return number >>> 1 ^ -(number & 1);
    }

    byte[] text() {
      int count = (int) number();
      position += count;
      return Arrays.copyOfRange(packed, position - count, position);
    }
  }
}
