package dev.stretcher.internal.transfer;

import java.io.IOException;
import java.time.Duration;

/** Hears of a transfer's attempts. */
public interface TransferListener {
  /** The object is going to be opened. */
  void opening();

  /** An attempt failed; the next one comes after {@code wait}. */
  void retrying(IOException cause, int attempt, Duration wait);

  /**
   * The server refused some of the connections to it, and the transfer goes on over {@code left}.
   */
  default void fewerConnections(IOException cause, int left) {}
}
