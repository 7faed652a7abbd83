package dev.stretcher.internal.toc;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates the body of a table of contents, from its beginning, a bit at a time. */
final class BodyInput implements Closeable {
  private static final int BUFFER = 16 * 1024;
  private static final int LONGEST_VARINT = 9;

  private final Inflater inflater = new Inflater(true);
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int limit;
  private long passed;

  /**
   * Opens a body.
   *
   * @param deflated all of it; not changed
   */
  BodyInput(ByteBuffer deflated) {
    inflater.setInput(deflated.duplicate());
  }

  /** Returns how many bytes of the body have been read. */
  long consumed() {
    return passed + position;
  }

  /** Reads a number: seven bits a byte, the lowest first, the high bit set but in the last byte. */
  long number() throws TocException {
    long value = 0;
    for (int i = 0; i < LONGEST_VARINT; i++) {
      byte b = next();
      value |= (b & 0x7fL) << 7 * i;
      if (b >= 0) {
        return value;
      }
    }
    throw new TocException("has a number that is too large");
  }

  byte next() throws TocException {
    require();
    return buffer[position++];
  }

  void read(byte[] target) throws TocException {
    for (int filled = 0; filled < target.length; ) {
      require();
      int count = Math.min(target.length - filled, limit - position);
      System.arraycopy(buffer, position, target, filled, count);
      position += count;
      filled += count;
    }
  }

  void skip(long count) throws TocException {
    for (long left = count; left > 0; ) {
      require();
      int now = (int) Math.min(left, limit - position);
      position += now;
      left -= now;
    }
  }

  /** Refuses a body that is longer than what was read, or that something follows. */
  void requireEnd() throws TocException {
    if (position < limit || fill()) {
      throw new TocException("has more bytes than it says");
    }
    if (inflater.getRemaining() > 0) {
      throw new TocException("has bytes after its end");
    }
  }

  private void require() throws TocException {
    if (position == limit && !fill()) {
      throw new TocException("is cut: its body ends where more of it was expected");
    }
  }

  /** Inflates more; tells whether there was more. */
  private boolean fill() throws TocException {
    passed += limit;
    position = 0;
    limit = 0;
    try {
      limit = inflater.inflate(buffer);
      if (limit == 0 && !inflater.finished()) {
        throw new TocException("is cut: its compressed body has no end");
      }
      return limit > 0;
    } catch (DataFormatException e) {
      throw new TocException("is damaged: its body cannot be inflated", e);
    }
  }

  @Override
  public void close() {
    inflater.end();
  }
}
