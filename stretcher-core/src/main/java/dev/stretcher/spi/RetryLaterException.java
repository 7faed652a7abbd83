package dev.stretcher.spi;

import java.io.IOException;
import java.time.Duration;

/**
 * An object cannot be had now, and the server said when to ask again, as HTTP does with <a
 * href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3">Retry-After</a>. The engine waits
 * that long, if it retries at all.
 */
public final class RetryLaterException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Duration wait;

  /**
   * Creates the exception.
   *
   * @param message what the server answered, without secrets
   * @param wait how long to wait, not negative
   */
  public RetryLaterException(String message, Duration wait) {
    super(message);
    this.wait = wait;
  }

  /** Returns how long to wait. */
  public Duration getWait() {
    return wait;
  }
}
