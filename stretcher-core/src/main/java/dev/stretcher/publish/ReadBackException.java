package dev.stretcher.publish;

import java.io.IOException;

/** An object was written, and what can be read of it is not what was written. */
public final class ReadBackException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message names the object, what was expected and the remedy
   */
  public ReadBackException(String message) {
    super(message);
  }
}
