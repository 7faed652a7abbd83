package dev.stretcher.internal.decompress;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/**
 * Decompresses bzip2: several streams in a row are one, and what follows the last one is ignored,
 * as bzip2(1) does. bsdtar pads what it writes to a pipe with zeros.
 *
 * <p>commons-compress refuses what follows, or ends after the first stream.
 */
final class Bzip2Input extends BulkInput {
  private static final int BUFFER = 64 * 1024;
  private static final int MAGIC = 4;

  private final InputStream in;
  private BZip2CompressorInputStream stream;
  private boolean finished;

  Bzip2Input(InputStream in) throws IOException {
    // It is read byte by byte, up to the last one of a stream and no further.
    this.in = new BufferedInputStream(in, BUFFER);
    this.stream = new BZip2CompressorInputStream(this.in);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (!finished) {
      int count = stream.read(target, offset, length);
      if (count >= 0) {
        return count;
      }
      next();
    }
    return -1;
  }

  private void next() throws IOException {
    in.mark(MAGIC);
    byte[] head = in.readNBytes(MAGIC);
    in.reset();
    if (isMagic(head)) {
      stream = new BZip2CompressorInputStream(in);
    } else {
      finished = true;
    }
  }

  private static boolean isMagic(byte[] head) {
    return head.length == MAGIC
        && head[0] == 'B'
        && head[1] == 'Z'
        && head[2] == 'h'
        && head[3] >= '1'
        && head[3] <= '9';
  }
}
