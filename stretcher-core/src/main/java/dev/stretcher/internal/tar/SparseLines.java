package dev.stretcher.internal.tar;

import static dev.stretcher.internal.tar.BlockInput.BLOCK;

import java.io.EOFException;
import java.io.IOException;

/** Reads lines with decimal numbers from whole blocks: the map of sparse format 1.0. */
final class SparseLines {
  private final byte[] name;
  private final BlockInput input;
  private final long available;
  private final byte[] block = new byte[BLOCK];
  private int position = BLOCK;
  private long consumed;

  SparseLines(byte[] name, BlockInput input, long available) {
    this.name = name;
    this.input = input;
    this.available = available;
  }

  long next() throws IOException, InterruptedException {
    long value = 0;
    int digits = 0;
    for (byte b = read(); b != '\n'; b = read()) {
      if (b < '0' || b > '9' || ++digits > 18) {
        throw SparseMap.malformed(name);
      }
      value = value * 10 + b - '0';
    }
    return value;
  }

  /** Returns the bytes of all blocks read so far. */
  long consumed() {
    return consumed;
  }

  private byte read() throws IOException, InterruptedException {
    if (position == BLOCK) {
      if (consumed + BLOCK > available) {
        throw SparseMap.malformed(name);
      }
      if (!input.next(block)) {
        throw new EOFException();
      }
      consumed += BLOCK;
      position = 0;
    }
    return block[position++];
  }
}
