package dev.stretcher.sources.internal.upload;

import java.io.IOException;

/** What was sent so far is of no use: the object is to be sent again from its beginning. */
public final class LostUploadException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message names the object, without secrets
   */
  public LostUploadException(String message) {
    super(message);
  }
}
