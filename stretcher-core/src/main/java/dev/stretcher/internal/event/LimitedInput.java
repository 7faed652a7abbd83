package dev.stretcher.internal.event;

import dev.stretcher.spi.MalformedEventException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails if more is read than the longest events have. */
final class LimitedInput extends FilterInputStream {
  private final int limit;
  private int read;

  LimitedInput(InputStream in, int limit) {
    super(in);
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    count(b < 0 ? 0 : 1);
    return b;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n = super.read(bytes, offset, length);
    count(Math.max(n, 0));
    return n;
  }

  private void count(int more) throws MalformedEventException {
    read += more;
    if (read > limit) {
      throw new MalformedEventException(
          "STDIN has more than "
              + limit
              + " bytes of events; Consul keeps no more than 256 of them");
    }
  }
}
