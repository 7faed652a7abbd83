package dev.stretcher.internal.toc;

import java.nio.ByteBuffer;

/**
 * Skippable frames of <a href="https://www.rfc-editor.org/rfc/rfc8878#section-3.1.2">zstd</a>:
 * programs that decompress read over them.
 */
final class ZstdSkippable {
  static final int TOC = 0x184D2A5D;
  static final int FOOTER = 0x184D2A5E;

  /** The bytes of a frame beside those that it carries. */
  static final int OVERHEAD = 8;

  private ZstdSkippable() {}

  static void put(int magic, ByteBuffer carried, ByteBuffer target) {
    target.putInt(magic).putInt(carried.remaining()).put(carried);
  }

  /** Passes over a frame; returns what it carries. */
  static ByteBuffer get(int magic, ByteBuffer in) throws TocException {
    if (in.remaining() < OVERHEAD || in.getInt() != magic) {
      throw malformed();
    }
    long length = Integer.toUnsignedLong(in.getInt());
    if (length > in.remaining()) {
      throw malformed();
    }
    ByteBuffer carried = in.slice(in.position(), (int) length).order(in.order());
    in.position(in.position() + (int) length);
    return carried;
  }

  private static TocException malformed() {
    return new TocException(
        "is not in a skippable frame of zstd, although the archive's footer says so");
  }
}
