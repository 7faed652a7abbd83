package dev.stretcher.internal.transfer;

import java.io.IOException;

/** A range was answered by other bytes than its own, so that perhaps only the whole can be had. */
final class UnusableRangeException extends IOException {
  private static final long serialVersionUID = 1L;

  UnusableRangeException(String message) {
    super(message);
  }
}
