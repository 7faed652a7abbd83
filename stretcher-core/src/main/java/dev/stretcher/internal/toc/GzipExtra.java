package dev.stretcher.internal.toc;

import java.nio.ByteBuffer;

/**
 * Empty members of <a href="https://www.rfc-editor.org/rfc/rfc1952">gzip</a> that carry bytes in
 * one subfield of their extra field: programs that decompress read over them.
 */
final class GzipExtra {
  /** The second letter of a subfield's name, after {@code S}. */
  static final char TOC = 'T';

  static final char FOOTER = 'F';

  /** The bytes that a subfield can carry: an extra field has 65,535, 4 of them for its name. */
  static final int MOST = 0xffff - 4;

  private static final byte[] BEGIN = {0x1f, (byte) 0x8b, 8, 4, 0, 0, 0, 0, 0, (byte) 0xff};

  /** Deflated nothing, its CRC and its length. */
  private static final byte[] END = {3, 0, 0, 0, 0, 0, 0, 0, 0, 0};

  /** The bytes of a member before those that it carries. */
  static final int BEFORE = BEGIN.length + 2 + 4;

  /** The bytes of a member beside those that it carries. */
  static final int OVERHEAD = BEFORE + END.length;

  private GzipExtra() {}

  static void put(char name, ByteBuffer carried, ByteBuffer target) {
    int length = carried.remaining();
    target.put(BEGIN).putShort((short) (length + 4));
    target.put((byte) 'S').put((byte) name).putShort((short) length);
    target.put(carried).put(END);
  }

  /** Passes over a member; returns what it carries. */
  static ByteBuffer get(char name, ByteBuffer in) throws TocException {
    if (in.remaining() < OVERHEAD) {
      throw malformed();
    }
    require(BEGIN, in);
    int extra = in.getShort() & 0xffff;
    require(new byte[] {'S', (byte) name}, in);
    int length = in.getShort() & 0xffff;
    if (extra != length + 4 || in.remaining() < length + END.length) {
      throw malformed();
    }
    ByteBuffer carried = in.slice(in.position(), length).order(in.order());
    in.position(in.position() + length);
    require(END, in);
    return carried;
  }

  private static void require(byte[] expected, ByteBuffer in) throws TocException {
    for (byte b : expected) {
      if (in.get() != b) {
        throw malformed();
      }
    }
  }

  private static TocException malformed() {
    return new TocException(
        "is not in members of gzip that carry it, although the archive's footer says so");
  }
}
