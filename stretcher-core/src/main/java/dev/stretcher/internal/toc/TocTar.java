package dev.stretcher.internal.toc;

import dev.stretcher.internal.tar.BlockInput;
import dev.stretcher.internal.tar.Chunks;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The tar that a table of contents tells of: its header blocks, between which the contents lie that
 * are there. The others can only be skipped. Refuses to hand out content where nobody said that it
 * begins, so that headers cannot say something else than the runs.
 */
final class TocTar implements Chunks, Closeable {
  private final Contents contents;
  private final Runs.Cursor runs;
  private final BodyInput headers;
  private final byte[] block = new byte[BlockInput.BLOCK];
  private long headersLeft;
  private long contentLeft;
  private long position;
  private boolean begun;
  private long contentPosition;
  private long contentLength;

  TocTar(Toc toc, Contents contents) throws TocException {
    this.contents = contents;
    this.runs = toc.runs().cursor();
    this.headers = toc.openHeaders();
  }

  @Override
  public @Nullable ByteBuffer next() throws IOException, InterruptedException {
    if (headersLeft == 0 && contentLeft == 0 && !nextRun()) {
      return null;
    }
    if (headersLeft > 0) {
      headers.read(block);
      headersLeft--;
      position += block.length;
      return ByteBuffer.wrap(block);
    }
    if (!begun) {
      throw misfit();
    }
    ByteBuffer content = contents.read(position, (int) Math.min(contentLeft, Integer.MAX_VALUE));
    pass(content.remaining());
    return content;
  }

  private boolean nextRun() {
    if (!runs.next()) {
      return false;
    }
    headersLeft = runs.headerBlocks();
    contentLeft = runs.contentBlocks() * BlockInput.BLOCK;
    begun = false;
    return true;
  }

  @Override
  public long skip(long count) {
    if (headersLeft > 0) {
      return 0;
    }
    long skipped = Math.min(count, contentLeft);
    pass(skipped);
    return skipped;
  }

  @Override
  public boolean beginContent(long length) throws TocException {
    if (begun && headersLeft == 0) {
      // What is left of a content of which the map was read.
      return true;
    }
    long blocks = (length + BlockInput.BLOCK - 1) / BlockInput.BLOCK * BlockInput.BLOCK;
    if (blocks != (headersLeft > 0 ? 0 : contentLeft)) {
      throw misfit();
    }
    begun = headersLeft == 0;
    contentPosition = position;
    contentLength = blocks;
    return contents.has(position, blocks);
  }

  /** Returns where in the tar the content begins that was announced last. */
  long contentPosition() {
    return contentPosition;
  }

  /** Returns how long that content is, in whole blocks. */
  long contentLength() {
    return contentLength;
  }

  /** Refuses a tar that does not end here, one block of zeros more or less. */
  void requireEnd() throws IOException, InterruptedException {
    if (headersLeft > 1 || headersLeft == 1 && !isZero(next()) || contentLeft > 0 || runs.next()) {
      throw new TocException("goes on after the end mark of its tar");
    }
    headers.requireEnd();
  }

  private static boolean isZero(@Nullable ByteBuffer block) {
    while (block != null && block.hasRemaining()) {
      if (block.get() != 0) {
        return false;
      }
    }
    return true;
  }

  private void pass(long count) {
    contentLeft -= count;
    position += count;
  }

  private static TocException misfit() {
    return new TocException("has runs that its headers do not fit");
  }

  @Override
  public void close() {
    headers.close();
  }
}
