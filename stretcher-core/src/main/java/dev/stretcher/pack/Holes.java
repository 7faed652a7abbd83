package dev.stretcher.pack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.stream.LongStream;

/**
 * Finds the runs of zeros of a file that are worth being left out. Only the content decides, and
 * not where the file system happens to have holes, so that a copy of the tree gives the same
 * archive. Used by one thread.
 */
final class Holes {
  /** A file with fewer zeros is stored whole: they compress well, and no reader has to seek. */
  private static final long WORTHWHILE = 1 << 20;

  /** What is looked at as one; a hole has at least so many bytes, or ends the file. */
  private static final int SMALLEST_UNIT = 64 * 1024;

  /** Bounds the map, and the time and memory that it takes to read it. */
  private static final int MOST_UNITS = 1 << 16;

  /** Most that is not zero shows it here. */
  private static final int FIRST_LOOK = 4096;

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(SMALLEST_UNIT);

  /**
   * Returns the offsets and lengths, in turn, of what is between the holes; with an empty part at
   * the end of a file that ends in a hole, as GNU tar has it.
   *
   * @return empty if the file is to be stored whole
   */
  long[] parts(FileChannel file, long size) throws IOException {
    long[] none = {};
    if (size < WORTHWHILE) {
      return none;
    }
    LongStream.Builder parts = LongStream.builder();
    long unit = unit(size);
    long stored = 0;
    long begin = -1;
    for (long at = 0; at < size; at += unit) {
      boolean hole = isZero(file, at, Math.min(size, at + unit));
      if (hole && begin >= 0) {
        parts.add(begin).add(at - begin);
        stored += at - begin;
        begin = -1;
      } else if (!hole && begin < 0) {
        begin = at;
      }
    }
    long last = begin < 0 ? size : begin;
    parts.add(last).add(size - last);
    stored += size - last;
    return size - stored < WORTHWHILE ? none : parts.build().toArray();
  }

  private static long unit(long size) {
    long unit = SMALLEST_UNIT;
    while (size / unit > MOST_UNITS) {
      unit *= 2;
    }
    return unit;
  }

  private boolean isZero(FileChannel file, long from, long to) throws IOException {
    long at = from;
    int length = FIRST_LOOK;
    while (at < to) {
      buffer.clear().limit((int) Math.min(length, to - at));
      int count = file.read(buffer, at);
      if (count < 0 || !isZero(buffer.flip())) {
        return false;
      }
      at += count;
      length = SMALLEST_UNIT;
    }
    return true;
  }

  private static boolean isZero(ByteBuffer bytes) {
    while (bytes.remaining() >= Long.BYTES) {
      if (bytes.getLong() != 0) {
        return false;
      }
    }
    while (bytes.hasRemaining()) {
      if (bytes.get() != 0) {
        return false;
      }
    }
    return true;
  }
}
