package dev.stretcher.benchmarks.deploy;

import dev.stretcher.benchmarks.measure.Figures;
import dev.stretcher.benchmarks.measure.Machine;
import dev.stretcher.benchmarks.measure.MarkdownTable;
import dev.stretcher.benchmarks.measure.Samples;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run of the deploy benchmark found, as Markdown.
 *
 * @param date when it was measured
 * @param machine where
 * @param command what measured it
 */
record DeployReport(
    List<DeployMeasurement.Result> results, LocalDate date, Machine machine, String command) {
  private static final List<String> OURS = List.of("Java only", "igzip");

  @Override
  public String toString() {
    MarkdownTable table =
        new MarkdownTable(
            "case",
            "Java only, median",
            "igzip, median",
            "shell, median",
            "ratio, Java only",
            "ratio, igzip",
            "Java only, min – max",
            "igzip, min – max",
            "shell, min – max",
            "Java only, peak memory",
            "igzip, peak memory",
            "shell, peak memory");
    results.forEach(result -> table.add(row(result)));
    return table
        + "\n"
        + String.format(Locale.ROOT, "Measured on %s: %s. Made by `%s`.%n", date, machine, command);
  }

  private static String[] row(DeployMeasurement.Result result) {
    Map<String, Samples> samples = result.samples();
    List<String> all = List.of("Java only", "igzip", "shell");
    List<String> cells = new ArrayList<>(List.of(result.name()));
    all.forEach(name -> cells.add(cell(samples.get(name), s -> Figures.time(s.median()))));
    OURS.forEach(name -> cells.add(ratio(samples.get(name), samples.get("shell"))));
    all.forEach(name -> cells.add(cell(samples.get(name), Figures::range)));
    all.forEach(name -> cells.add(cell(samples.get(name), s -> Figures.memory(s.peakKilobytes()))));
    return cells.toArray(String[]::new);
  }

  /** Writes one figure. */
  @FunctionalInterface
  private interface Figure {
    String of(Samples samples);
  }

  private static String cell(@Nullable Samples samples, Figure figure) {
    return samples == null ? "–" : figure.of(samples);
  }

  private static String ratio(@Nullable Samples ours, @Nullable Samples shell) {
    return ours == null || shell == null ? "–" : Figures.ratio(ours.median() / shell.median());
  }
}
