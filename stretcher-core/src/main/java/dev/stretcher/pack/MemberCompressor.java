package dev.stretcher.pack;

import java.io.Closeable;
import java.nio.ByteBuffer;

/** Compresses data into members that can be read alone. Used by one thread at a time. */
sealed interface MemberCompressor extends Closeable permits GzipCompressor, ZstdCompressor {
  /** Returns how many bytes members may have altogether, at most. */
  int bound(int length, int members);

  /** Compresses all of a direct buffer into one member. */
  void compress(ByteBuffer tar, ByteBuffer member);

  @Override
  void close();
}
