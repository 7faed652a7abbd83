package dev.stretcher.internal.toc;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Bytes that are added, and then taken once. There may be many millions, so that they are never
 * copied together: a piece that is taken needs no memory any more.
 */
final class ByteStore {
  private static final int PIECE = 64 * 1024;

  private final Deque<byte[]> full = new ArrayDeque<>();
  private ByteArrayOutputStream last = new ByteArrayOutputStream();
  private long length;

  void add(byte[] bytes, int offset, int count) {
    last.write(bytes, offset, count);
    length += count;
    if (last.size() >= PIECE) {
      full.add(last.toByteArray());
      last = new ByteArrayOutputStream(PIECE);
    }
  }

  /** Returns how many bytes were added. */
  long length() {
    return length;
  }

  /** Hands all pieces on, one after the other. */
  void takeAll(Consumer<byte[]> taker) {
    while (!full.isEmpty()) {
      taker.accept(full.remove());
    }
    taker.accept(last.toByteArray());
    last = new ByteArrayOutputStream();
  }

  /** Puts all bytes into a buffer. */
  void takeAll(ByteBuffer target) {
    takeAll(target::put);
  }
}
