package dev.stretcher.pack;

import static dev.stretcher.pack.UstarHeader.BLOCK;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Cuts the tar into members. Where it cuts depends on nothing but the entries. See {@code
 * docs/adr/0044-members-of-an-archive.md}.
 */
final class MemberCutter {
  /** Whole entries are put together up to this. */
  static final int SMALL = 32 * 1024;

  /** The content of a larger file has members of its own, of at most this. */
  static final int LARGEST = 1 << 20;

  private static final byte[] PADDING = new byte[BLOCK];

  private final MemberPipeline pipeline;
  private Batch batch;

  MemberCutter(MemberPipeline pipeline) throws IOException, InterruptedException {
    this.pipeline = pipeline;
    this.batch = pipeline.next();
  }

  /** Adds an entry without a content. */
  void add(byte[] headers) throws IOException, InterruptedException {
    make(headers.length);
    batch.tar().put(headers);
  }

  /** Adds an entry with its content. */
  void add(byte[] headers, FileContent content) throws IOException, InterruptedException {
    long padded = padded(content.stored());
    if (headers.length + padded <= SMALL) {
      make((int) (headers.length + padded));
      batch.tar().put(headers);
      put(content, (int) content.stored());
    } else {
      add(headers);
      addLarge(content);
    }
  }

  private void addLarge(FileContent content) throws IOException, InterruptedException {
    batch.cut();
    for (long left = content.stored(); left > 0; left -= LARGEST) {
      int length = (int) Math.min(left, LARGEST);
      require((int) padded(length));
      put(content, length);
      batch.cut();
    }
  }

  private void put(FileContent content, int length) throws IOException, InterruptedException {
    ByteBuffer tar = batch.tar();
    content.fill(tar.limit(tar.position() + length));
    tar.limit(tar.capacity());
    tar.put(PADDING, 0, (int) (padded(length) - length));
  }

  /** Ends the last member. */
  void finish() throws IOException, InterruptedException {
    batch.cut();
    pipeline.submit(batch);
    pipeline.finish();
  }

  /** Makes room for what belongs into one member with the entries before, or begins another one. */
  private void make(int length) throws IOException, InterruptedException {
    if (batch.begun() + length > SMALL) {
      batch.cut();
    }
    if (batch.begun() == 0) {
      require(Math.max(SMALL, length));
    }
  }

  private void require(int room) throws IOException, InterruptedException {
    if (batch.tar().remaining() < room) {
      pipeline.submit(batch);
      batch = pipeline.next();
    }
  }

  static long padded(long length) {
    return length + (-length & BLOCK - 1);
  }
}
