package dev.stretcher.sync.internal.plan;

import dev.stretcher.spi.SyncReport;
import dev.stretcher.sync.internal.directory.Kind;
import dev.stretcher.sync.internal.plan.Operation.Put;
import dev.stretcher.text.GoDuration;
import java.time.Duration;

/**
 * The totals of a plan.
 *
 * @param changed names that are created, replaced or get other attributes
 * @param written bytes of the regular files among them
 * @param kept bytes of the regular files that stay
 * @param deleted names that disappear
 */
public record Totals(long changed, long written, long kept, long deleted) {
  public static Totals of(TreePlan plan) {
    long written = plan.carriedTotals().bytes();
    for (Put put : plan.puts()) {
      written += put.staged().kind() == Kind.FILE ? put.staged().size() : 0;
    }
    return new Totals(
        plan.puts().size() + plan.carriedTotals().names() + plan.adjusts().size(),
        written,
        plan.keptBytes(),
        plan.removes().size());
  }

  public String plan(String strategy) {
    return "%s: %s to change (%s bytes to write, %s bytes kept), %s to delete"
        .formatted(strategy, changed, written, kept, deleted);
  }

  public SyncReport report(long nanos) {
    // Less than a millisecond is of interest to nobody.
    Duration elapsed = Duration.ofMillis(nanos / 1_000_000);
    String summary =
        "tree: %s changed (%s bytes written, %s bytes kept), %s deleted in %s"
            .formatted(changed, written, kept, deleted, GoDuration.format(elapsed));
    return SyncReport.of(summary)
        .withTotals(new SyncReport.Totals(changed, written, kept, deleted, elapsed));
  }
}
