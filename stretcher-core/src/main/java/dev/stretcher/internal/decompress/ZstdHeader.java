package dev.stretcher.internal.decompress;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The header of the first frame of zstd data, see <a
 * href="https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1.1">RFC 8878</a>.
 */
final class ZstdHeader {
  private static final int MAGIC = 0xfd2fb528;
  private static final int SKIPPABLE = 0x184d2a50;
  private static final int ANY_SKIPPABLE = 0xfffffff0;
  private static final int SINGLE_SEGMENT = 0x20;

  private ZstdHeader() {}

  /** Returns the bytes of the window of the first frame that is not to be skipped, 0 if unknown. */
  static long window(byte[] head) {
    ByteBuffer data = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    try {
      int magic = data.getInt();
      while ((magic & ANY_SKIPPABLE) == SKIPPABLE) {
        long length = Integer.toUnsignedLong(data.getInt());
        if (length > data.remaining()) {
          return 0;
        }
        data.position(data.position() + (int) length);
        magic = data.getInt();
      }
      return magic == MAGIC ? Math.max(0, ofFrame(data)) : 0;
    } catch (BufferUnderflowException e) {
      return 0;
    }
  }

  private static long ofFrame(ByteBuffer data) {
    int descriptor = data.get() & 0xff;
    if ((descriptor & SINGLE_SEGMENT) == 0) {
      int window = data.get() & 0xff;
      long base = 1L << 10 + (window >> 3);
      return base + base / 8 * (window & 7);
    }
    // The window is the whole content, whose size comes after the number of a dictionary.
    data.position(data.position() + (1 << (descriptor & 3) >> 1));
    return switch (descriptor >> 6) {
      case 0 -> data.get() & 0xff;
      case 1 -> (data.getShort() & 0xffff) + 256;
      case 2 -> Integer.toUnsignedLong(data.getInt());
      default -> data.getLong();
    };
  }
}
