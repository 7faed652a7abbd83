package dev.stretcher.benchmarks.deploy;

import dev.stretcher.benchmarks.measure.Figures;
import dev.stretcher.benchmarks.measure.Machine;
import dev.stretcher.benchmarks.measure.MarkdownTable;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * What a run of the benchmark of archives with a table of contents found, as Markdown.
 *
 * @param date when it was measured
 * @param machine where
 * @param command what measured it
 */
record TocReport(
    List<TocMeasurement.Result> results, LocalDate date, Machine machine, String command) {
  @Override
  public String toString() {
    MarkdownTable table =
        new MarkdownTable(
            "case",
            "ours, median",
            "shell, median",
            "ratio",
            "ours, min – max",
            "shell, min – max",
            "ours, peak memory",
            "fetched",
            "requests");
    results.forEach(result -> table.add(row(result)));
    return table
        + "\n"
        + String.format(Locale.ROOT, "Measured on %s: %s. Made by `%s`.%n", date, machine, command);
  }

  private static String[] row(TocMeasurement.Result result) {
    return new String[] {
      result.name(),
      Figures.time(result.ours().median()),
      Figures.time(result.shell().median()),
      Figures.ratio(result.ours().median() / result.shell().median()),
      Figures.range(result.ours()),
      Figures.range(result.shell()),
      Figures.memory(result.ours().peakKilobytes()),
      String.format(Locale.ROOT, "%.2f MB", result.answers().bytes() / 1e6),
      Integer.toString(result.answers().count())
    };
  }
}
