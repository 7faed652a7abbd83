package dev.stretcher.benchmarks.sync;

import dev.stretcher.benchmarks.measure.Figures;
import dev.stretcher.benchmarks.measure.Machine;
import dev.stretcher.benchmarks.measure.MarkdownTable;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * What a run of the benchmark found, as Markdown.
 *
 * @param strategy the name of our syncer
 * @param results one for each case
 * @param date when it was measured
 * @param machine where
 * @param command what measured it
 */
record Report(
    String strategy, List<CaseResult> results, LocalDate date, Machine machine, String command) {
  /** Returns everything. */
  String full() {
    MarkdownTable table = new MarkdownTable(headings());
    for (CaseResult result : results) {
      table.add(row(result.name() + "; warm JVM", result.warm()));
      table.add(row(result.name() + "; whole process", result.process()));
    }
    return table + "\n" + origin();
  }

  /** Returns the ratios alone. */
  String brief() {
    MarkdownTable table = new MarkdownTable("case", "warm JVM", "whole process");
    for (CaseResult result : results) {
      table.add(
          result.name(),
          Figures.ratio(result.warm().ratio()),
          Figures.ratio(result.process().ratio()));
    }
    return table.toString();
  }

  private String[] headings() {
    return new String[] {
      "case",
      "`" + strategy + "`, median",
      "rsync, median",
      "ratio",
      "`" + strategy + "`, min – max",
      "rsync, min – max",
      "`" + strategy + "`, peak memory",
      "rsync, peak memory"
    };
  }

  private static String[] row(String name, Comparison comparison) {
    return new String[] {
      name,
      Figures.time(comparison.ours().median()),
      Figures.time(comparison.rsync().median()),
      Figures.ratio(comparison.ratio()),
      Figures.range(comparison.ours()),
      Figures.range(comparison.rsync()),
      Figures.memory(comparison.ours().peakKilobytes()),
      Figures.memory(comparison.rsync().peakKilobytes())
    };
  }

  private String origin() {
    return String.format(
        Locale.ROOT, "Measured on %s: %s. Made by `%s`.%n", date, machine, command);
  }
}
