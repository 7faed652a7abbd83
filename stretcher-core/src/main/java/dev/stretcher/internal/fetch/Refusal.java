package dev.stretcher.internal.fetch;

import dev.stretcher.report.StretcherException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reason to stop a fetch because the rest of the archive is of no use. Thread-safe. */
final class Refusal {
  private final long patience;
  private @Nullable StretcherException reason;

  /**
   * Creates a refusal that does not refuse anything yet.
   *
   * @param patience how many bytes of an archive are taken even if they are of no use
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

  /** Refuses more bytes if the rest is of no use and {@code received} bytes are beyond patience. */
  synchronized void requireWanted(long received) throws IOException {
    if (reason != null && received >= patience) {
      throw new IOException("it is not wanted any more", reason);
    }
  }
}
