package dev.stretcher.spi;

import java.time.Duration;
import java.util.Optional;

/**
 * What a sync did.
 *
 * @param summary one line for the log
 * @param totals the counts; empty for a syncer that does not count
 */
public record SyncReport(String summary, Optional<Totals> totals) {
  /** Returns the report of a syncer that does not count. */
  public static SyncReport of(String summary) {
    return new SyncReport(summary, Optional.empty());
  }

  /** Returns this report with totals. */
  public SyncReport withTotals(Totals counted) {
    return new SyncReport(summary, Optional.of(counted));
  }

  /**
   * What a sync counted.
   *
   * @param files how many names were created, replaced or changed, of whatever type; a name counts
   *     even if only its mode, owner or time changed
   * @param bytesWritten the bytes of the contents that came into dest, by a copy or by a rename
   * @param bytesKept the bytes of the contents that dest had already
   * @param deletions how many names were deleted; each one below a deleted directory counts
   * @param elapsed how long the sync took
   */
  public record Totals(
      long files, long bytesWritten, long bytesKept, long deletions, Duration elapsed) {}
}
