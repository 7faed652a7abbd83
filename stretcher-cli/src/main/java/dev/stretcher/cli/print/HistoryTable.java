package dev.stretcher.cli.print;

import dev.stretcher.cli.flag.FlagNames;
import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.text.Printable;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Deploys in columns, a line for each: when it ended, how, after how many seconds, dest, the name
 * of the manifest, the release, and why. Its lines fit a terminal, so long names lose their
 * beginnings.
 */
public record HistoryTable(List<LedgerRecord> records, int width) {
  private static final int LEAST = 80;
  private static final int SHORTEST_NAME = 12;
  private static final int LONGEST_NAME = 60;

  /** The columns of the time, the outcome and the seconds, and the spaces between all. */
  private static final int BESIDE = 44;

  /** How much of a reason is to be seen. */
  private static final int REASON = 30;

  private static final FlagNames WORDS = FlagNames.ofAnyHost();

  /** Returns a table that fits the terminal, if STDOUT is one; COLUMNS says how wide that is. */
  public static HistoryTable of(List<LedgerRecord> records, Map<String, String> environment) {
    return new HistoryTable(records, Math.max(LEAST, TerminalWidth.of(environment, LEAST)));
  }

  /** Returns its lines, without a heading. */
  public List<String> lines() {
    int dests = 1;
    int manifests = 1;
    for (LedgerRecord record : records) {
      dests = Math.max(dests, Columns.length(dest(record)));
      manifests = Math.max(manifests, Columns.length(manifest(record)));
    }
    String format = "%s  %-11s %5s  %-" + dests + "s  %-" + manifests + "s  %s";
    return records.stream().map(record -> line(format, record)).toList();
  }

  private String line(String format, LedgerRecord record) {
    String line =
        format
            .formatted(
                LocalTime.toSeconds(record.time()),
                record.outcome().label(),
                seconds(Duration.between(record.arrived(), record.time())),
                dest(record),
                manifest(record),
                Printable.of(told(record)))
            .stripTrailing();
    return Columns.cut(line, width);
  }

  /** Says what became of the releases, and why it failed. */
  private static String told(LedgerRecord record) {
    String releases = releases(record.outcome(), record.releases());
    String error = record.error().map(text -> reason(record, text)).orElse("");
    return releases.isEmpty() || error.isEmpty() ? releases + error : releases + "; " + error;
  }

  private static String releases(LedgerRecord.Outcome outcome, LedgerRecord.ReleaseChange change) {
    if (change.release().isEmpty()) {
      return "";
    }
    String id = change.release().get();
    if (change.rolledBackTo().isPresent()) {
      return "rolled back from release %s to %s".formatted(id, change.rolledBackTo().get());
    }
    return outcome == LedgerRecord.Outcome.ROLLED_BACK && change.previous().isPresent()
        ? "from release %s to %s".formatted(change.previous().get(), id)
        : "release " + id;
  }

  /** Leaves out the URL of the manifest, of which the row has the name. */
  private static String reason(LedgerRecord record, String error) {
    String manifest = record.manifest();
    String text = WORDS.apply(error);
    return text.startsWith(manifest + " is ")
        ? text.substring(manifest.length() + " is ".length())
        : text.replace(manifest + ": ", "it: ");
  }

  /** Never negative, even if the clock was set meanwhile. */
  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f", Math.max(0, duration.toMillis()) / 1e3);
  }

  private String dest(LedgerRecord record) {
    return end(record.dest().orElse("-"));
  }

  private String manifest(LedgerRecord record) {
    String manifest = record.manifest();
    return end(manifest.substring(manifest.replaceAll("/+$", "").lastIndexOf('/') + 1));
  }

  private String end(String name) {
    String text = Printable.of(name);
    int over = Columns.length(text) - longestName();
    return over <= 0 ? text : "…" + text.substring(text.offsetByCodePoints(0, over + 1));
  }

  /** Leaves room for the reasons of failures. */
  private int longestName() {
    return Math.max(SHORTEST_NAME, Math.min(LONGEST_NAME, (width - BESIDE - REASON) / 2));
  }
}
