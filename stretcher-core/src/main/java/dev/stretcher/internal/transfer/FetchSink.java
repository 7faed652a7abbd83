package dev.stretcher.internal.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** Takes the bytes of an object in their order. Used by one thread. */
public interface FetchSink {
  /**
   * Begins with the first byte; called again when a transfer starts over.
   *
   * @param file the object itself, when it is a local file and need not be copied
   * @param length how many bytes are going to come, if that is known
   */
  void begin(Optional<Path> file, OptionalLong length) throws IOException;

  /** Takes the next chunk, all of it. */
  void write(ByteBuffer chunk) throws IOException;
}
