package dev.stretcher.internal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Reads the lines of a file. What has no end of line yet is no line. Not thread-safe. */
final class LineReader {
  private static final int CHUNK = 1 << 16;

  /** A value of the largest size whose characters are all escaped, and some. */
  private static final int LONGEST = 1 << 22;

  private final FileChannel channel;
  private byte[] buffer = new byte[CHUNK];
  private int start;
  private int end;

  /** Where the buffer begins in the file. */
  private long base;

  LineReader(FileChannel channel, long position) {
    this.channel = channel;
    this.base = position;
  }

  /**
   * A line, until the next one is read.
   *
   * @param position where it is in the file
   * @param bytes has the line at {@code offset}
   * @param length with its end of line
   */
  @SuppressWarnings("ArrayRecordComponent") // it is not compared
  record Line(long position, byte[] bytes, int offset, int length) {
    String text() {
      return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }

    boolean startsWith(byte[] prefix) {
      return length >= prefix.length
          && Arrays.equals(bytes, offset, offset + prefix.length, prefix, 0, prefix.length);
    }

    boolean has(byte wanted) {
      for (int i = offset; i < offset + length; i++) {
        if (bytes[i] == wanted) {
          return true;
        }
      }
      return false;
    }

    long end() {
      return position + length;
    }
  }

  /** Returns the next line; empty if there is none. */
  Optional<Line> next() throws IOException {
    int scanned = start;
    while (true) {
      for (int i = scanned; i < end; i++) {
        if (buffer[i] == '\n') {
          Line line = new Line(base + start, buffer, start, i + 1 - start);
          start = i + 1;
          return Optional.of(line);
        }
      }
      int rest = end - start;
      if (rest > LONGEST || !fill(rest)) {
        return Optional.empty();
      }
      scanned = rest;
    }
  }

  private boolean fill(int rest) throws IOException {
    byte[] target = rest > buffer.length / 2 ? new byte[2 * buffer.length] : buffer;
    System.arraycopy(buffer, start, target, 0, rest);
    buffer = target;
    base += start;
    start = 0;
    end = rest;
    int read = channel.read(ByteBuffer.wrap(buffer, end, buffer.length - end), base + end);
    end += Math.max(read, 0);
    return read > 0;
  }
}
