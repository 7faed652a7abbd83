package dev.stretcher.spi;

import java.io.IOException;

/** An {@link EventSource} received something that is not an event. */
public final class MalformedEventException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what was received, what was expected and what to do
   */
  public MalformedEventException(String message) {
    super(message);
  }
}
