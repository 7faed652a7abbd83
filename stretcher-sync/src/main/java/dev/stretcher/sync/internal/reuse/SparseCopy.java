package dev.stretcher.sync.internal.reuse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Copies a content, and leaves holes in a large file where it has only zeros. */
final class SparseCopy {
  /** What a small file could save is not worth to be looked for. */
  private static final int SMALL = 1 << 20;

  private static final int BLOCK = 64 << 10;

  private SparseCopy() {}

  /**
   * Copies to an empty file.
   *
   * @return false if there are less bytes than {@code size}
   */
  static boolean copy(FileChannel in, FileChannel out, long size) throws IOException {
    return size < SMALL ? transfer(in, out, size) : copyBlocks(in, out, size);
  }

  private static boolean transfer(FileChannel in, FileChannel out, long size) throws IOException {
    long copied = 0;
    while (copied < size) {
      long more = in.transferTo(copied, size - copied, out);
      if (more <= 0) {
        return false;
      }
      copied += more;
    }
    return true;
  }

  private static boolean copyBlocks(FileChannel in, FileChannel out, long size) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect(BLOCK);
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    long copied = 0;
    while (copied < size) {
      block.clear().limit((int) Math.min(BLOCK, size - copied));
      if (!fill(block, in, copied)) {
        return false;
      }
      block.flip();
      long end = copied + block.limit();
      // The last block gives the file its size.
      if (end == size || block.mismatch(zeros.clear().limit(block.limit())) >= 0) {
        write(block, out, copied);
      }
      copied = end;
    }
    return true;
  }

  private static boolean fill(ByteBuffer block, FileChannel in, long from) throws IOException {
    while (block.hasRemaining()) {
      if (in.read(block, from + block.position()) < 0) {
        return false;
      }
    }
    return true;
  }

  private static void write(ByteBuffer block, FileChannel out, long to) throws IOException {
    while (block.hasRemaining()) {
      out.write(block, to + block.position());
    }
  }
}
