package dev.stretcher.internal.decompress;

import java.io.IOException;
import java.io.InputStream;

/** An input whose bytes come in chunks, so that a single one is a chunk too. */
public abstract class BulkInput extends InputStream {
  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  // Inherited, it would read single bytes.
  @Override
  public abstract int read(byte[] target, int offset, int length) throws IOException;
}
