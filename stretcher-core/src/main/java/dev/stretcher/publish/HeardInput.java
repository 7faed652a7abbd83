package dev.stretcher.publish;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Tells how far it was read. */
final class HeardInput extends FilterInputStream {
  private final LongConsumer listener;
  private long position;

  HeardInput(InputStream in, long position, LongConsumer listener) {
    super(in);
    this.position = position;
    this.listener = listener;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return passed(in.read(target, offset, length));
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = in.skip(count);
    position += skipped;
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private int passed(int count) {
    if (count > 0) {
      position += count;
      listener.accept(position);
    }
    return count;
  }
}
