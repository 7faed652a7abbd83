package dev.stretcher.internal.fetch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/** Takes the bytes of an object in their order. Used by one thread. */
public interface FetchSink {
  /**
   * Begins with the first byte; called again when a transfer starts over.
   *
   * @param file the object itself, when it is a local file and need not be copied
   */
  void begin(Optional<Path> file) throws IOException;

  /** Takes the next chunk, all of it. */
  void write(ByteBuffer chunk) throws IOException;
}
