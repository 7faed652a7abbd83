package dev.stretcher.benchmarks.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.benchmarks.measure.Figures;
import dev.stretcher.benchmarks.measure.Machine;
import dev.stretcher.benchmarks.measure.MarkdownTable;
import dev.stretcher.benchmarks.measure.Samples;
import dev.stretcher.benchmarks.measure.Times;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Report REPORT =
      new Report(
          "tree",
          List.of(
              new CaseResult(
                  "no change",
                  new Comparison(Times.of(40, 50, 70), Times.of(100, 90, 110)),
                  new Comparison(memory(Times.of(1500)), memory(Times.of(1000))))),
          LocalDate.of(2026, 11, 23),
          new Machine(2, "Linux 6", "ext4", "JDK 17", "rsync 3"),
          "examples/benchmarks/sync.sh --write");

  private static Samples memory(Samples samples) {
    return new Samples(samples.runs().stream().map(sample -> sample.withPeak(51_200)).toList());
  }

  @Test
  void theFullTableHasTimesRatiosAndMemoryAndSaysWhereTheyComeFrom() {
    assertThat(REPORT.full())
        .contains(
            "| case | `tree`, median | rsync, median | ratio | `tree`, min – max | rsync, min – max"
                + " | `tree`, peak memory | rsync, peak memory |\n"
                + "|---|---:|---:|---:|---:|---:|---:|---:|\n"
                + "| no change; warm JVM | 50 ms | 100 ms | 0.50 | 40 ms – 70 ms | 90 ms – 110 ms"
                + " | – | – |\n"
                + "| no change; whole process | 1.50 s | 1.00 s | 1.50 | 1.50 s – 1.50 s"
                + " | 1.00 s – 1.00 s | 50 MiB | 50 MiB |\n")
        .endsWith(
            "\n\nMeasured on 2026-11-23: 2 cores, Linux 6, file system ext4, JDK 17, rsync 3."
                + " Made by `examples/benchmarks/sync.sh --write`.\n");
  }

  @Test
  void theBriefTableHasTheRatios() {
    assertThat(REPORT.brief())
        .isEqualTo(
            "| case | warm JVM | whole process |\n|---|---:|---:|\n| no change | 0.50 | 1.50 |\n");
  }

  @Test
  void aTimeBelowTenMillisecondsHasATenth() {
    assertThat(Figures.time(4.25e6)).isEqualTo("4.3 ms");
    assertThat(Figures.time(9.96e6)).isEqualTo("10 ms");
    assertThat(Figures.time(999.6e6)).isEqualTo("1.00 s");
  }

  @Test
  void aRowHasAsManyCellsAsThereAreHeadings() {
    assertThatThrownBy(() -> new MarkdownTable("a", "b").add("1"))
        .hasMessage("1 cells, but 2 headings");
  }
}
