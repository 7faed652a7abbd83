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
}
