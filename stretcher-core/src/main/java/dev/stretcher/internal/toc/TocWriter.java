package dev.stretcher.internal.toc;

import dev.stretcher.internal.tar.BlockInput;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.Deflater;

/**
 * Writes the table of contents of an archive, while the archive is made: header blocks and contents
 * in the order of the tar, members in theirs, and then {@link #finish}. The same calls make the
 * same bytes. Used by one thread.
 *
 * <p>What it takes is kept compressed, so that it needs about as much memory as the result.
 */
public final class TocWriter implements Closeable {
  /** The highest level takes three times as long, for 2 % of the length. */
  private static final int LEVEL = 8;

  private final Codec codec;
  private final Varints members = new Varints();
  private final Varints runs = new Varints();
  private final ByteStore digests = new ByteStore();
  private final Deflated headers = new Deflated();
  private long memberCount;
  private long runCount;
  private long runBlocks;
  private long headerBlocks;

  /** Creates a writer for an archive whose members are compressed like this. */
  public TocWriter(Codec codec) {
    this.codec = codec;
  }

  /** Deflated bytes. */
  private static final class Deflated implements Closeable {
    private final Deflater deflater = new Deflater(LEVEL, true);
    private final ByteStore bytes = new ByteStore();
    private final byte[] buffer = new byte[16 * 1024];

    void add(byte[] source, int offset, int length) {
      deflater.setInput(source, offset, length);
      while (!deflater.needsInput()) {
        bytes.add(buffer, 0, deflater.deflate(buffer));
      }
    }

    /** Ends with a whole byte, so that others can be put behind. */
    void flush() {
      int count;
      do {
        count = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
        bytes.add(buffer, 0, count);
      } while (count == buffer.length);
    }

    void finish() {
      deflater.finish();
      while (!deflater.finished()) {
        bytes.add(buffer, 0, deflater.deflate(buffer));
      }
    }

    @Override
    public void close() {
      deflater.end();
    }
  }

  /**
   * Adds the next member.
   *
   * @param length its bytes in the archive
   * @param tarLength the bytes of the tar that it holds
   */
  public void member(long length, long tarLength) {
    memberCount++;
    members.add(length);
    members.add(tarLength);
  }

  /**
   * Adds the next blocks of the tar that are no content, the end mark included.
   *
   * @param length a multiple of 512
   */
  public void headers(byte[] blocks, int offset, int length) {
    if (length % BlockInput.BLOCK != 0) {
      throw new IllegalArgumentException(length + " bytes are no blocks");
    }
    headers.add(blocks, offset, length);
    runBlocks += length / BlockInput.BLOCK;
  }

  /**
   * Adds the content that follows the last header: all that is stored, the map of format PAX 1.0
   * included.
   *
   * @param length in bytes, without the padding; nothing is added if it is 0
   */
  public void content(long length) {
    if (length > 0) {
      endRun((length + BlockInput.BLOCK - 1) / BlockInput.BLOCK);
    }
  }

  private void endRun(long contentBlocks) {
    runCount++;
    runs.add(runBlocks);
    runs.add(contentBlocks);
    headerBlocks += runBlocks;
    runBlocks = 0;
  }

  /**
   * Adds the digest of the last header's content. Each regular file has one that is not empty.
   *
   * @param sha256 that of the whole file, its holes included
   */
  public void digest(byte[] sha256) {
    if (sha256.length != Toc.DIGEST) {
      throw new IllegalArgumentException("no SHA-256");
    }
    digests.add(sha256, 0, sha256.length);
  }

  /** Returns the table of contents, after the end mark and the last member. */
  public ByteBuffer finish() {
    endRun(0);
    byte[] counted = counted(memberCount, members);
    byte[] countedRuns = counted(runCount, runs);
    Varints digestCount = new Varints();
    digestCount.add(digests.length() / Toc.DIGEST);
    headers.finish();
    try (Deflated before = new Deflated()) {
      add(before, counted);
      add(before, countedRuns);
      add(before, digestCount.bytes());
      digests.takeAll(piece -> add(before, piece));
      before.flush();
      long length =
          counted.length
              + countedRuns.length
              + digestCount.length()
              + digests.length()
              + headerBlocks * BlockInput.BLOCK;
      return joined(length, before.bytes, headers.bytes);
    }
  }

  private static void add(Deflated body, byte[] part) {
    body.add(part, 0, part.length);
  }

  private static byte[] counted(long count, Varints numbers) {
    Varints first = new Varints();
    first.add(count);
    return ByteBuffer.allocate(first.length() + numbers.length())
        .put(first.bytes())
        .put(numbers.bytes())
        .array();
  }

  /** Blocks of deflate may be put together where the first ones end with a whole byte. */
  private ByteBuffer joined(long length, ByteStore first, ByteStore second) {
    int size = Math.toIntExact(Toc.HEADER + first.length() + second.length());
    ByteBuffer toc = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    toc.put(TocReader.MAGIC).put((byte) Toc.VERSION).put((byte) codec.id());
    toc.putShort((short) 0).putLong(length);
    first.takeAll(toc);
    second.takeAll(toc);
    return toc.flip();
  }

  @Override
  public void close() {
    headers.close();
  }
}
