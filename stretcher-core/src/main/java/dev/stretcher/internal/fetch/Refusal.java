package dev.stretcher.internal.fetch;

import dev.stretcher.report.StretcherException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why the rest of an archive is not wanted any more, while it is being fetched. Thread-safe. */
final class Refusal {
  private final long patience;
  private @Nullable StretcherException reason;

  /**
   * Creates one that refuses nothing yet.
   *
   * @param patience how many bytes of an archive are taken also if they are not wanted
   */
  Refusal(long patience) {
    this.patience = patience;
  }

  synchronized void because(StretcherException why) {
    reason = why;
  }

  synchronized Optional<StretcherException> reason() {
    return Optional.ofNullable(reason);
  }

  /** Refuses more, if {@code received} bytes were enough. */
  synchronized void requireWanted(long received) throws IOException {
    if (reason != null && received >= patience) {
      throw new IOException("it is not wanted any more", reason);
    }
  }
}
