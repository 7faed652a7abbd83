package dev.stretcher.internal.decompress;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The archive's raw bytes: lets its head be looked at, and remembers how reading them went.
 *
 * <p>What a decompressor throws is either a failure to read, which is passed on, or the fault of
 * the data; only here can the two be told apart. Closing it leaves the input open, which is its
 * owner's.
 */
final class GuardedInput extends BulkInput {
  private final InputStream in;
  private byte[] head = new byte[0];
  private int position;
  private boolean ended;
  private volatile long consumed;
  private @Nullable IOException failure;

  GuardedInput(InputStream in) {
    this.in = in;
  }

  /** Returns the next {@code length} bytes, fewer if there are fewer, without consuming them. */
  byte[] head(int length) throws IOException {
    head = in.readNBytes(length);
    consumed = head.length;
    position = 0;
    return head.clone();
  }

  /** Tells whether more was asked for than there is. */
  boolean isEnded() {
    return ended;
  }

  /** Returns why the input could not be read, if so. */
  @Nullable IOException failure() {
    return failure;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (position < head.length) {
      int count = Math.min(length, head.length - position);
      System.arraycopy(head, position, target, offset, count);
      position += count;
      return count;
    }
    try {
      int count = in.read(target, offset, length);
      ended |= count < 0;
      add(Math.max(0, count));
      return count;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /** Returns how many bytes have been read of the input. */
  long consumed() {
    return consumed;
  }

  // Only one thread reads.
  @SuppressWarnings("NonAtomicVolatileUpdate")
  private void add(int count) {
    consumed += count;
  }

  @Override
  public int available() throws IOException {
    return position < head.length ? head.length - position : in.available();
  }
}
