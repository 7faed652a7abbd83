package dev.stretcher.cli.command;

import dev.stretcher.cli.flag.FlagNames;
import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.report.LocalClock;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Deploys in columns, a line for each: when it ended, how, after how many seconds, dest, the name
 * of the manifest, and why. Its lines fit a terminal, so long names lose their beginnings.
 */
record HistoryTable(List<LedgerRecord> records, int width) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT);
  private static final Path STDOUT = Path.of("/proc/self/fd/1");
  private static final Pattern TERMINAL = Pattern.compile("/dev/(pts/.*|tty.*|console)");
  private static final int LEAST = 80;
  private static final int MOST = 10_000;
  private static final int SHORTEST_NAME = 12;
  private static final int LONGEST_NAME = 60;

  /** The columns of the time, the outcome and the seconds, and the spaces between all. */
  private static final int BESIDE = 44;

  /** How much of a reason is to be seen. */
  private static final int REASON = 30;

  private static final FlagNames WORDS = FlagNames.ofAnyHost();

  /** Returns a table that fits the terminal, if STDOUT is one; COLUMNS says how wide that is. */
  static HistoryTable of(List<LedgerRecord> records, Map<String, String> environment) {
    String columns = environment.getOrDefault("COLUMNS", "");
    int width = isTerminal() ? LEAST : MOST;
    return new HistoryTable(
        records,
        columns.matches("[0-9]{1,4}") ? Math.max(LEAST, Integer.parseInt(columns)) : width);
  }

  private static boolean isTerminal() {
    try {
      return TERMINAL.matcher(Files.readSymbolicLink(STDOUT).toString()).matches();
    } catch (IOException e) {
      return false;
    }
  }

  List<String> lines() {
    int dests = 1;
    int manifests = 1;
    for (LedgerRecord record : records) {
      dests = Math.max(dests, length(dest(record)));
      manifests = Math.max(manifests, length(manifest(record)));
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
                Printable.of(record.error().map(error -> reason(record, error)).orElse("")))
            .stripTrailing();
    return length(line) <= width
        ? line
        : line.substring(0, line.offsetByCodePoints(0, width - 1)) + "…";
  }

  /** Leaves out the URL of the manifest, of which the row has the name. */
  private static String reason(LedgerRecord record, String error) {
    String manifest = record.manifest();
    String text = WORDS.apply(error);
    return text.startsWith(manifest + " is ")
        ? text.substring(manifest.length() + " is ".length())
        : text.replace(manifest + ": ", "it: ");
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
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
    int over = length(text) - longestName();
    return over <= 0 ? text : "…" + text.substring(text.offsetByCodePoints(0, over + 1));
  }

  /** Leaves room for the reasons of failures. */
  private int longestName() {
    return Math.max(SHORTEST_NAME, Math.min(LONGEST_NAME, (width - BESIDE - REASON) / 2));
  }
}
