package dev.stretcher.internal.fetch;

import java.io.InterruptedIOException;

/** How interrupts pass through methods that only throw I/O exceptions. */
final class Interrupts {
  private Interrupts() {}

  /** Keeps the thread interrupted, and returns what a read throws. */
  static InterruptedIOException inRead(InterruptedException e) {
    Thread.currentThread().interrupt();
    InterruptedIOException failure = new InterruptedIOException("fetching was interrupted");
    failure.initCause(e);
    return failure;
  }
}
