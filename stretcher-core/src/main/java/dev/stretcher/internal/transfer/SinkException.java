package dev.stretcher.internal.transfer;

import java.io.IOException;

/** The bytes arrived, but could not be kept; fetching them again does not help. */
public final class SinkException extends IOException {
  private static final long serialVersionUID = 1L;

  private final IOException failure;

  public SinkException(IOException failure) {
    super(failure.getMessage(), failure);
    this.failure = failure;
  }

  /** Returns what the sink said. */
  public IOException failure() {
    return failure;
  }
}
