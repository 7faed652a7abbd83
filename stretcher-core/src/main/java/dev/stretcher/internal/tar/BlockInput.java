package dev.stretcher.internal.tar;

import dev.stretcher.process.Interrupts;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar stream in blocks and in chunks.
 *
 * <p>Contents are handed out as views of the buffers that they were read into, so that they are not
 * copied on their way to a file. Checks for an interrupt whenever it needs another buffer.
 */
public final class BlockInput {
  public static final int BLOCK = 512;

  private final Chunks in;
  private ByteBuffer buffer = ByteBuffer.allocate(0);

  BlockInput(Chunks in) {
    this.in = in;
  }

  /**
   * Reads the next block into {@code block}; tells whether there was one. The input may end inside
   * a block of zeros.
   *
   * @throws EOFException if the input ends inside another block
   */
  boolean next(byte[] block) throws IOException, InterruptedException {
    int filled = 0;
    boolean zeros = true;
    while (filled < BLOCK) {
      if (!buffer.hasRemaining() && !fill()) {
        if (zeros) {
          return false;
        }
        throw new EOFException();
      }
      int length = Math.min(BLOCK - filled, buffer.remaining());
      buffer.get(block, filled, length);
      for (int i = filled; zeros && i < filled + length; i++) {
        zeros = block[i] == 0;
      }
      filled += length;
    }
    return true;
  }

  /**
   * Returns at least one and at most {@code max} bytes, valid until the next call.
   *
   * @throws EOFException if there are none
   */
  ByteBuffer chunk(long max) throws IOException, InterruptedException {
    if (!buffer.hasRemaining() && !fill()) {
      throw new EOFException();
    }
    int length = (int) Math.min(max, buffer.remaining());
    ByteBuffer chunk = buffer.slice(buffer.position(), length);
    buffer.position(buffer.position() + length);
    return chunk;
  }

  /** Reads exactly {@code length} bytes. */
  byte[] bytes(int length) throws IOException, InterruptedException {
    byte[] result = new byte[length];
    ByteBuffer target = ByteBuffer.wrap(result);
    while (target.hasRemaining()) {
      target.put(chunk(target.remaining()));
    }
    return result;
  }

  /** Passes over {@code count} bytes. */
  void skip(long count) throws IOException, InterruptedException {
    for (long left = count; left > 0; ) {
      long skipped = buffer.hasRemaining() ? 0 : in.skip(left);
      left -= skipped > 0 ? skipped : chunk(left).remaining();
    }
  }

  /** Says that the next bytes are the content of an entry; tells whether they can be read. */
  boolean beginContent(long length) throws IOException {
    return in.beginContent(length);
  }

  /** Passes over zeros, {@code count} at most; tells whether nothing else was there. */
  boolean skipZeros(long count) throws IOException, InterruptedException {
    long left = count;
    while (left > 0 && (buffer.hasRemaining() || fill())) {
      for (ByteBuffer chunk = chunk(left); chunk.hasRemaining(); left--) {
        if (chunk.get() != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** Reads to the end of the input, so that a CRC or digest over it has seen all bytes. */
  void drain() throws IOException, InterruptedException {
    while (fill()) {
      buffer.position(buffer.limit());
    }
  }

  /** Goes on to the next buffer that has anything in it. */
  private boolean fill() throws IOException, InterruptedException {
    do {
      Interrupts.requireNone();
      @Nullable ByteBuffer next = in.next();
      if (next == null) {
        return false;
      }
      buffer = next;
    } while (!buffer.hasRemaining());
    return true;
  }
}
