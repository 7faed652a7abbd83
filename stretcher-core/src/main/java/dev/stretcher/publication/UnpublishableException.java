package dev.stretcher.publication;

import java.io.IOException;
import java.io.Serial;

/** Something cannot be published as it is. The message names it and the remedy. */
public final class UnpublishableException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /** Creates one. */
  UnpublishableException(String message) {
    super(message);
  }

  /** Creates one for what has failed below. */
  UnpublishableException(String message, Throwable cause) {
    super(message, cause);
  }
}
