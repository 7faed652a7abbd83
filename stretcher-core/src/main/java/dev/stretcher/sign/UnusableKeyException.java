package dev.stretcher.sign;

import java.io.IOException;
import java.io.Serial;

/** A secret key that cannot be used. The message names its file and the remedy, and no secret. */
public final class UnusableKeyException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /** Creates one. */
  UnusableKeyException(String message) {
    super(message);
  }
}
