package dev.stretcher.internal.toc;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The contents of an archive's entries by their position in its tar, as far as they are there. */
public interface Contents {
  /** Has no content: for a pass over the entries alone. */
  Contents NONE =
      new Contents() {
        @Override
        public boolean has(long position, long length) {
          return false;
        }

        @Override
        public ByteBuffer read(long position, int max) throws TocException {
          throw new TocException("has runs that its headers do not fit");
        }
      };

  /** Tells whether all bytes of a piece of the tar are there. */
  boolean has(long position, long length);

  /**
   * Reads bytes that are there.
   *
   * @return at least one and at most {@code max} bytes, valid until the next call
   */
  ByteBuffer read(long position, int max) throws IOException, InterruptedException;
}
