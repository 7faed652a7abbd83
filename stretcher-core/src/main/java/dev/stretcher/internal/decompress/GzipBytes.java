package dev.stretcher.internal.decompress;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/** The compressed bytes of gzip members, and the headers before them. */
final class GzipBytes {
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final InputStream in;
  private final byte[] buffer;
  private int position;
  private int limit;

  GzipBytes(InputStream in, int size) {
    this.in = in;
    this.buffer = new byte[size];
  }

  void feed(Inflater inflater) throws IOException {
    if (position == limit && !fill()) {
      throw new EOFException();
    }
    inflater.setInput(buffer, position, limit - position);
    position = limit;
  }

  void unread(int count) {
    position -= count;
  }

  boolean hasMember() throws IOException {
    while (limit - position < 2) {
      if (!fill()) {
        return false;
      }
    }
    return (buffer[position] & 0xff) == 0x1f && (buffer[position + 1] & 0xff) == 0x8b;
  }

  void skipHeader() throws IOException {
    skip(2);
    if (next() != 8) {
      throw new ZipException("the method of compression is not deflate");
    }
    int flags = next();
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(next() | next() << 8);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      skip(2);
    }
  }

  long number() throws IOException {
    return next() | next() << 8 | next() << 16 | (long) next() << 24;
  }

  private void skipText() throws IOException {
    int last;
    do {
      last = next();
    } while (last != 0);
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  private int next() throws IOException {
    if (position == limit && !fill()) {
      throw new EOFException();
    }
    return buffer[position++] & 0xff;
  }

  /** Reads more behind what is left. */
  private boolean fill() throws IOException {
    System.arraycopy(buffer, position, buffer, 0, limit - position);
    limit -= position;
    position = 0;
    int count = in.read(buffer, limit, buffer.length - limit);
    limit += Math.max(count, 0);
    return count >= 0;
  }
}
