package dev.stretcher.internal.decompress;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Recognises the header of <a href="https://tukaani.org/xz/lzma-format.txt">.lzma</a> files. */
final class LzmaHeader {
  private static final int LENGTH = 14;
  private static final int MAX_PROPERTIES = 9 * 5 * 5;
  private static final long UNKNOWN_SIZE = -1;
  private static final long MAX_SIZE = 1L << 38;

  private LzmaHeader() {}

  /** Tells whether this may be one, by the criteria of the xz tool. */
  static boolean isLikely(byte[] head) {
    if (head.length < LENGTH || (head[0] & 0xff) >= MAX_PROPERTIES) {
      return false;
    }
    ByteBuffer fields = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    long size = fields.getLong(5);
    // The range coder's first byte is always 0.
    return isUsual(fields.getInt(1) & 0xffffffffL)
        && (size == UNKNOWN_SIZE || size >= 0 && size < MAX_SIZE)
        && head[13] == 0;
  }

  /** Returns the bytes of its dictionary. */
  static long dictionary(byte[] head) {
    return ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(1) & 0xffffffffL;
  }

  /** Dictionaries have 2^n or 2^n + 2^(n-1) bytes. */
  private static boolean isUsual(long dictionary) {
    long rest = dictionary - Long.highestOneBit(dictionary);
    return dictionary == 0xffffffffL
        || dictionary >= 4096 && (rest == 0 || rest == Long.highestOneBit(dictionary) >> 1);
  }
}
