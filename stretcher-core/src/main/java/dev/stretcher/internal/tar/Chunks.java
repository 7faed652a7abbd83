package dev.stretcher.internal.tar;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The bytes of a tar stream, one buffer after the other. Used by one thread. */
public interface Chunks {
  /**
   * Returns the next bytes, valid until the next call; null at the end.
   *
   * @throws IOException what the stream threw, after all bytes that came before
   */
  @Nullable ByteBuffer next() throws IOException, InterruptedException;

  /**
   * Passes over bytes that need not be read for that.
   *
   * @return how many of the {@code count} next ones it were; the others are to be read
   */
  default long skip(long count) {
    return 0;
  }

  /**
   * Takes note that the next bytes are the content of an entry.
   *
   * @return whether they are there; if not, they can only be skipped
   */
  default boolean beginContent(long length) throws IOException {
    return true;
  }
}
