package dev.stretcher.internal.decompress;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Decompresses <a href="https://www.rfc-editor.org/rfc/rfc1952">gzip</a>: several members in a row
 * are one stream, and what follows the last one is ignored, as gzip(1) does.
 *
 * <p>{@link java.util.zip.GZIPInputStream} loses members when {@code available()} is 0, and
 * commons-compress refuses padding.
 */
final class GzipInput extends BulkInput {
  private static final int BUFFER = 64 * 1024;

  private final GzipBytes in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private boolean begun;
  private boolean finished;

  GzipInput(InputStream in) {
    this.in = new GzipBytes(in, BUFFER);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (!finished) {
      if (!begun) {
        begin();
        continue;
      }
      int count = inflate(target, offset, length);
      if (count > 0 || length == 0) {
        crc.update(target, offset, count);
        return count;
      }
      if (inflater.finished()) {
        end();
      }
    }
    return -1;
  }

  @Override
  public void close() {
    inflater.end();
  }

  private void begin() throws IOException {
    in.skipHeader();
    inflater.reset();
    crc.reset();
    begun = true;
  }

  private int inflate(byte[] target, int offset, int length) throws IOException {
    try {
      int count = inflater.inflate(target, offset, length);
      if (count == 0 && inflater.needsInput()) {
        in.feed(inflater);
      }
      return count;
    } catch (DataFormatException e) {
      throw new ZipException(e.getMessage());
    }
  }

  private void end() throws IOException {
    in.unread(inflater.getRemaining());
    long expected = in.number();
    long size = in.number();
    if (expected != crc.getValue()) {
      throw new ZipException("the CRC is wrong");
    }
    if (size != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw new ZipException("the length is wrong");
    }
    begun = false;
    finished = !in.hasMember();
  }
}
