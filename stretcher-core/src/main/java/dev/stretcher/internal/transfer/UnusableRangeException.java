package dev.stretcher.internal.transfer;

import dev.stretcher.spi.Content;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A range was answered by other bytes than its own, so that perhaps only the whole can be had. */
public final class UnusableRangeException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable Content whole;

  UnusableRangeException(String message) {
    this(message, null);
  }

  /** Whoever catches this closes the {@code whole}, of which nothing was read yet. */
  UnusableRangeException(String message, @Nullable Content whole) {
    super(message);
    this.whole = whole;
  }

  /** Returns the whole object, still open, if that was answered. */
  Optional<Content> whole() {
    return Optional.ofNullable(whole);
  }
}
