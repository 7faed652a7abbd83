package dev.stretcher.internal.toc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The end of an archive, which says where its table of contents is.
 *
 * @param codec what the archive is compressed with
 * @param offset where in the archive the members end and the table of contents begins, wrapped
 * @param length the bytes of the table of contents itself
 */
public record Footer(Codec codec, long offset, long length) {
  /** The most bytes that a footer has. */
  public static final int LONGEST = 50;

  /**
   * The most bytes of a table of contents that is read: some 900,000 entries. It is kept in memory.
   */
  public static final long LONGEST_TOC = 64 << 20;

  /** The bytes that a footer carries. */
  static final int FIELDS = 24;

  private static final byte[] MAGIC = "STRETOC1".getBytes(StandardCharsets.US_ASCII);

  /**
   * Finds the footer of an archive.
   *
   * @param end the last bytes of the archive, {@link #LONGEST} or more if it has so many
   * @param total the bytes of the whole archive
   * @return empty if the archive has none, so that it has no table of contents
   * @throws TocException if there is one that cannot be right
   */
  public static Optional<Footer> find(ByteBuffer end, long total) throws TocException {
    for (Codec codec : Codec.values()) {
      int start = end.limit() - codec.footerLength();
      if (start >= end.position() && isFooter(codec, end, start)) {
        Footer found = of(codec, end, start);
        found.require(total);
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  private static boolean isFooter(Codec codec, ByteBuffer end, int start) {
    int fields = start + codec.beforeFields();
    for (int i = 0; i < MAGIC.length; i++) {
      if (end.get(fields + i) != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  private static Footer of(Codec codec, ByteBuffer end, int start) throws TocException {
    ByteBuffer footer = end.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(start);
    ByteBuffer fields = codec.unwrapFooter(footer).order(ByteOrder.LITTLE_ENDIAN);
    if (footer.hasRemaining() || fields.remaining() != FIELDS) {
      throw new TocException("has a footer that is malformed");
    }
    fields.position(MAGIC.length);
    return new Footer(codec, fields.getLong(), fields.getLong());
  }

  private void require(long total) throws TocException {
    if (length < Toc.HEADER || length > LONGEST_TOC) {
      throw new TocException(
          "has %s bytes, as the archive's footer says, expected %s to %s"
              .formatted(length, Toc.HEADER, LONGEST_TOC));
    }
    if (offset <= 0 || offset != total - tailLength()) {
      throw new TocException(
          ("is said to begin at byte %s, but an archive of %s bytes that ends with %s of it has"
                  + " %s before it")
              .formatted(offset, total, length, total - tailLength()));
    }
  }

  /** Returns how many of the archive's last bytes are table of contents and footer. */
  public long tailLength() {
    return codec.wrapped(length) + codec.footerLength();
  }

  /**
   * Returns the bytes of the table of contents, as {@link TocReader} wants them.
   *
   * @param tail the last {@link #tailLength} bytes of the archive; their place is used for the
   *     result, so that they are not there twice
   */
  public ByteBuffer toc(ByteBuffer tail) throws TocException {
    if (tail.remaining() != tailLength()) {
      throw new IllegalArgumentException("not the end of the archive");
    }
    ByteBuffer wrapped =
        tail.slice(tail.position(), (int) codec.wrapped(length)).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer toc = codec.unwrap(wrapped);
    if (toc.remaining() != length) {
      throw new TocException(
          "has %s bytes, expected %s, as the archive's footer says"
              .formatted(toc.remaining(), length));
    }
    return toc;
  }

  /** Returns what comes after the members of an archive: a table of contents and the footer. */
  public static ByteBuffer tail(Codec codec, ByteBuffer toc, long offset) {
    Footer footer = new Footer(codec, offset, toc.remaining());
    ByteBuffer fields = ByteBuffer.allocate(FIELDS).order(ByteOrder.LITTLE_ENDIAN);
    fields.put(MAGIC).putLong(footer.offset).putLong(footer.length).flip();
    ByteBuffer tail =
        ByteBuffer.allocate(Math.toIntExact(footer.tailLength())).order(ByteOrder.LITTLE_ENDIAN);
    codec.put(toc.duplicate(), tail);
    codec.putFooter(fields, tail);
    return tail.flip();
  }
}
