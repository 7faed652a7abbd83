package dev.stretcher.spi;

import java.io.IOException;
import java.util.Optional;

/** Where events come from. Used by one thread at a time. */
public interface EventSource {
  /** Returns what this source reads, for the log, such as {@code STDIN}. */
  String name();

  /**
   * Waits for the next event.
   *
   * @return empty if there is nothing to do and no event will come
   * @throws MalformedEventException if what came is not an event
   * @throws IOException if events cannot be read
   * @throws InterruptedException if the thread was interrupted
   */
  Optional<DeployRequest> next() throws IOException, InterruptedException;
}
