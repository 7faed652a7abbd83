package dev.stretcher.benchmarks.deploy;

import dev.stretcher.benchmarks.measure.Figures;
import dev.stretcher.benchmarks.measure.Machine;
import dev.stretcher.benchmarks.measure.MarkdownTable;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * What a run of the benchmark of releases found, as Markdown.
 *
 * @param date when it was measured
 * @param machine where
 * @param command what measured it
 */
record ReleaseReport(
    List<ReleaseMeasurement.Result> results,
    SwitchMeasurement.Result switches,
    LocalDate date,
    Machine machine,
    String command) {
  @Override
  public String toString() {
    MarkdownTable table =
        new MarkdownTable(
            "case",
            "`release`, median",
            "`tree`, median",
            "ratio",
            "`release`, min – max",
            "`tree`, min – max",
            "disk");
    results.forEach(result -> table.add(row(result)));
    return table
        + "\n"
        + String.format(
            Locale.ROOT,
            "Of %d switches in a warm JVM, one took %.3f ms at the median and %.3f ms at most, for"
                + " one who looks the link up; the deploy around it, of a release that is there, %s"
                + " at the median.%n%n",
            switches.gaps().runs().size(),
            switches.gaps().median() / 1e6,
            switches.gaps().max() / 1e6,
            Figures.time(switches.deploys().median()))
        + String.format(Locale.ROOT, "Measured on %s: %s. Made by `%s`.%n", date, machine, command);
  }

  private static String[] row(ReleaseMeasurement.Result result) {
    return new String[] {
      result.name(),
      Figures.time(result.ours().median()),
      Figures.time(result.tree().median()),
      Figures.ratio(result.ours().median() / result.tree().median()),
      Figures.range(result.ours()),
      Figures.range(result.tree()),
      String.format(Locale.ROOT, "%.2f MB", result.disk() / 1e6)
    };
  }
}
