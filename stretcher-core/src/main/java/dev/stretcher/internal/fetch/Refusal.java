package dev.stretcher.internal.fetch;

import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.BadArchive;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why the rest of an archive is not wanted any more, while it is being fetched. Thread-safe. */
final class Refusal {
  /** A whole page that says what is wrong with a server is shorter. */
  private static final long PATIENCE = 64 << 20;

  private @Nullable StretcherException reason;
  private long patience;

  /** The fetch begins, or begins anew: what was bad may be good now. */
  synchronized void begin() {
    if (reason instanceof BadArchive) {
      reason = null;
    }
  }

  /** Refuses the next chunk already. */
  synchronized void atOnce(StretcherException why) {
    reason = why;
    patience = 0;
  }

  /**
   * Refuses what goes on and on. What ends by itself is worth waiting for: that it is not what the
   * manifest describes says more.
   */
  synchronized void ofEndless(BadArchive why) {
    reason = why;
    patience = PATIENCE;
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
