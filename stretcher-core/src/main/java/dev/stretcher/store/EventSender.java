package dev.stretcher.store;

import java.io.IOException;

/** Tells events to the hosts of a fleet, without order and without a promise. Thread-safe. */
public interface EventSender {
  /** The most bytes that an event may carry. */
  int MAX_PAYLOAD = 512;

  /**
   * Tells an event.
   *
   * @param name its name
   * @param payload what it says, at most {@link #MAX_PAYLOAD} bytes in UTF-8
   * @throws java.nio.file.AccessDeniedException if it is refused
   * @throws IOException if it cannot be told; it may have been
   * @throws InterruptedException if the thread was interrupted
   */
  void send(String name, String payload) throws IOException, InterruptedException;
}
