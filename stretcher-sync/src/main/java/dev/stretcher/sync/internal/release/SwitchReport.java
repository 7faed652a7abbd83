package dev.stretcher.sync.internal.release;

import dev.stretcher.spi.SyncReport;
import java.util.Optional;

/** What is said of a switch. */
final class SwitchReport {
  private static final int NANOS_PER_MICRO = 1000;

  private SwitchReport() {}

  static SyncReport of(String id, Optional<String> before, long nanos) {
    if (before.equals(Optional.of(id))) {
      return SyncReport.of("release: " + id + " is live already");
    }
    return SyncReport.of("release: switched in %s us".formatted(nanos / NANOS_PER_MICRO));
  }
}
