package dev.stretcher.internal.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Reads a tar stream in blocks and in chunks through one large buffer.
 *
 * <p>Contents are handed out as views of that buffer, so that they are not copied on their way to a
 * file. Checks for an interrupt whenever it has to read.
 */
final class BlockInput {
  static final int BLOCK = 512;
  private static final int BUFFER = 128 * 1024;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int limit;

  BlockInput(InputStream in) {
    this.in = in;
  }

  /**
   * Reads the next block into {@code block}; tells whether there was one.
   *
   * @throws EOFException if the input ends inside it
   */
  boolean next(byte[] block) throws IOException, InterruptedException {
    while (limit - position < BLOCK) {
      if (!fill()) {
        if (position == limit) {
          return false;
        }
        throw new EOFException();
      }
    }
    System.arraycopy(buffer, position, block, 0, BLOCK);
    position += BLOCK;
    return true;
  }

  /**
   * Returns at least one and at most {@code max} bytes, valid until the next call.
   *
   * @throws EOFException if there are none
   */
  ByteBuffer chunk(long max) throws IOException, InterruptedException {
    if (position == limit && !fill()) {
      throw new EOFException();
    }
    int length = (int) Math.min(max, limit - position);
    ByteBuffer chunk = ByteBuffer.wrap(buffer, position, length);
    position += length;
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
      left -= chunk(left).remaining();
    }
  }

  /** Reads to the end of the input, so that what guards it (a CRC, a digest) has seen all. */
  void drain() throws IOException, InterruptedException {
    do {
      position = limit;
    } while (fill());
  }

  private boolean fill() throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    System.arraycopy(buffer, position, buffer, 0, limit - position);
    limit -= position;
    position = 0;
    int read = in.read(buffer, limit, buffer.length - limit);
    limit += Math.max(read, 0);
    return read >= 0;
  }
}
