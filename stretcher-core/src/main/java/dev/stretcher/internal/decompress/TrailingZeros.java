package dev.stretcher.internal.decompress;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Hands out the zeros at the end of an input one at a time, so that a decompressor which needs the
 * first of them is not given the others with them. Tells when it has come to them.
 */
final class TrailingZeros extends BulkInput {
  private static final int BUFFER = 64 * 1024;

  private final InputStream in;
  private final byte[] chunk = new byte[BUFFER];

  /** How many zeros come before the bytes of the chunk, and how many after those bytes. */
  private long before;

  private int after;
  private int position;
  private int limit;
  private boolean ended;

  TrailingZeros(InputStream in) {
    this.in = in;
  }

  /** Tells whether all that is left are zeros, of which one may have been handed out. */
  boolean isReached() {
    return ended;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (position == limit && !ended) {
      fill();
    }
    if (before > 0) {
      int count = ended ? Math.min(length, 1) : (int) Math.min(length, before);
      Arrays.fill(target, offset, offset + count, (byte) 0);
      before -= count;
      return count;
    }
    if (position == limit) {
      return -1;
    }
    int count = Math.min(length, limit - position);
    System.arraycopy(chunk, position, target, offset, count);
    position += count;
    return count;
  }

  private void fill() throws IOException {
    before += after;
    after = 0;
    int count = in.read(chunk, 0, chunk.length);
    ended = count < 0;
    position = 0;
    limit = Math.max(count, 0);
    while (limit > 0 && chunk[limit - 1] == 0) {
      limit--;
      after++;
    }
  }
}
