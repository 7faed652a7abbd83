package dev.stretcher.internal.toc;

import java.nio.ByteBuffer;

/**
 * What the members of an archive are compressed with, and how the table of contents lies behind
 * them, so that decompressing it gives nothing.
 */
public enum Codec {
  /** Members of gzip; the table of contents is the extra fields of empty members. */
  GZIP(1) {
    @Override
    long wrapped(long length) {
      return length + GzipExtra.OVERHEAD * ((length + GzipExtra.MOST - 1) / GzipExtra.MOST);
    }

    @Override
    int footerLength() {
      return GzipExtra.OVERHEAD + Footer.FIELDS;
    }

    @Override
    int beforeFields() {
      return GzipExtra.BEFORE;
    }

    @Override
    void put(ByteBuffer toc, ByteBuffer target) {
      while (toc.hasRemaining()) {
        int length = Math.min(GzipExtra.MOST, toc.remaining());
        GzipExtra.put(GzipExtra.TOC, toc.slice(toc.position(), length), target);
        toc.position(toc.position() + length);
      }
    }

    @Override
    void putFooter(ByteBuffer fields, ByteBuffer target) {
      GzipExtra.put(GzipExtra.FOOTER, fields, target);
    }

    @Override
    ByteBuffer unwrap(ByteBuffer wrapped) throws TocException {
      ByteBuffer joined = wrapped.duplicate();
      while (wrapped.hasRemaining()) {
        joined.put(GzipExtra.get(GzipExtra.TOC, wrapped));
      }
      return joined.flip();
    }

    @Override
    ByteBuffer unwrapFooter(ByteBuffer footer) throws TocException {
      return GzipExtra.get(GzipExtra.FOOTER, footer);
    }
  },
  /** Frames of zstd; the table of contents is a skippable frame. */
  ZSTD(2) {
    @Override
    long wrapped(long length) {
      return length + ZstdSkippable.OVERHEAD;
    }

    @Override
    int footerLength() {
      return ZstdSkippable.OVERHEAD + Footer.FIELDS;
    }

    @Override
    int beforeFields() {
      return ZstdSkippable.OVERHEAD;
    }

    @Override
    void put(ByteBuffer toc, ByteBuffer target) {
      ZstdSkippable.put(ZstdSkippable.TOC, toc, target);
    }

    @Override
    void putFooter(ByteBuffer fields, ByteBuffer target) {
      ZstdSkippable.put(ZstdSkippable.FOOTER, fields, target);
    }

    @Override
    ByteBuffer unwrap(ByteBuffer wrapped) throws TocException {
      ByteBuffer toc = ZstdSkippable.get(ZstdSkippable.TOC, wrapped);
      if (wrapped.hasRemaining()) {
        throw new TocException("is followed by other bytes than the footer");
      }
      return toc;
    }

    @Override
    ByteBuffer unwrapFooter(ByteBuffer footer) throws TocException {
      return ZstdSkippable.get(ZstdSkippable.FOOTER, footer);
    }
  };

  private final int id;

  Codec(int id) {
    this.id = id;
  }

  /** Returns the number that stands for it in a table of contents. */
  int id() {
    return id;
  }

  /** Returns how many bytes of an archive a table of contents of {@code length} bytes takes. */
  abstract long wrapped(long length);

  abstract int footerLength();

  /** Returns how many bytes of a footer come before what it carries. */
  abstract int beforeFields();

  abstract void put(ByteBuffer toc, ByteBuffer target);

  abstract void putFooter(ByteBuffer fields, ByteBuffer target);

  /** Takes the bytes of a table of contents out of what is around them, in place. */
  abstract ByteBuffer unwrap(ByteBuffer wrapped) throws TocException;

  abstract ByteBuffer unwrapFooter(ByteBuffer footer) throws TocException;
}
