package dev.stretcher.pack;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Makes members of gzip, see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>, without
 * a time and without the name of a system.
 */
final class GzipCompressor implements MemberCompressor {
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 255};
  private static final int TRAILER = 8;

  private final Deflater deflater;

  GzipCompressor(int level) {
    this.deflater = new Deflater(level, true);
  }

  /** What deflate cannot make smaller it stores, with a few bytes for each 16 KiB. */
  @Override
  public int bound(int length, int members) {
    return length + (length >> 10) + members * (HEADER.length + TRAILER + 64);
  }

  @Override
  public void compress(ByteBuffer tar, ByteBuffer member) {
    CRC32 crc = new CRC32();
    crc.update(tar.duplicate());
    int length = tar.remaining();
    member.put(HEADER);
    deflater.reset();
    deflater.setInput(tar);
    deflater.finish();
    while (!deflater.finished()) {
      if (deflater.deflate(member) == 0 && !deflater.finished()) {
        throw new IllegalStateException("no room for a member of " + length + " bytes");
      }
    }
    member.order(ByteOrder.LITTLE_ENDIAN).putInt((int) crc.getValue()).putInt(length);
  }

  @Override
  public void close() {
    deflater.end();
  }
}
