package dev.stretcher.cli.command;

import dev.stretcher.cli.flag.FlagNames;
import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.report.LocalClock;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Deploys in columns, a line for each: when it ended, how, after how many seconds, dest, the name
 * of the manifest, and why. Its lines fit a terminal, so long names lose their beginnings.
 */
record HistoryTable(List<LedgerRecord> records, int width) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT);
  private static final int USUAL = 100;
  private static final int LEAST = 80;
  private static final int LONGEST_NAME = 24;
  private static final FlagNames WORDS = new FlagNames();

  /** Returns a table that is as wide as COLUMNS says, else as most terminals are. */
  static HistoryTable of(List<LedgerRecord> records, Map<String, String> environment) {
    String columns = environment.getOrDefault("COLUMNS", "");
    int width = columns.matches("[0-9]{1,4}") ? Integer.parseInt(columns) : USUAL;
    return new HistoryTable(records, Math.max(LEAST, width));
  }

  List<String> lines() {
    int dests = 1;
    int manifests = 1;
    for (LedgerRecord record : records) {
      dests = Math.max(dests, dest(record).length());
      manifests = Math.max(manifests, manifest(record).length());
    }
    String format = "%s  %-10s %6s  %-" + dests + "s  %-" + manifests + "s  %s";
    return records.stream().map(record -> line(format, record)).toList();
  }

  private String line(String format, LedgerRecord record) {
    String line =
        format
            .formatted(
                TIME.format(record.time().atOffset(LocalClock.offset(record.time()))),
                record.outcome().label(),
                seconds(Duration.between(record.arrived(), record.time())),
                dest(record),
                manifest(record),
                record.error().map(WORDS).orElse(""))
            .replaceAll("\\p{Cntrl}", "?")
            .stripTrailing();
    return line.length() <= width ? line : line.substring(0, width - 1) + "…";
  }

  /** Never negative, even if the clock was set meanwhile. */
  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f", Math.max(0, duration.toMillis()) / 1e3);
  }

  private static String dest(LedgerRecord record) {
    return end(record.dest().orElse("-"));
  }

  private static String manifest(LedgerRecord record) {
    String manifest = record.manifest();
    return end(manifest.substring(manifest.replaceAll("[?#].*|/+$", "").lastIndexOf('/') + 1));
  }

  private static String end(String name) {
    String text = name.replaceAll("\\p{Cntrl}", "?");
    return text.length() <= LONGEST_NAME
        ? text
        : "…" + text.substring(text.length() - LONGEST_NAME + 1);
  }
}
