package dev.stretcher.benchmarks.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.benchmarks.data.Trees;
import dev.stretcher.benchmarks.measure.Options;
import dev.stretcher.benchmarks.measure.Program;
import dev.stretcher.benchmarks.measure.Sample;
import dev.stretcher.contract.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncBenchmarkTest {
  @TempDir Path directory;

  private Options tiny() {
    return Options.DEFAULT.withScale(0.002).withWarmUps(0).withRuns(1).withDirectory(directory);
  }

  @Test
  void aTinyRunMeasuresAllCasesAndLeavesNothingBehind() throws Exception {
    Tools.require("rsync");

    Report report = SyncBenchmark.measure(tiny().withStrategy("rsync"), "test");

    assertThat(report.results())
        .extracting(CaseResult::name)
        .containsExactly(
            "no change, 16 files, 0.720 MB",
            "no change, 200 small files",
            "1 % changed of 16 files, 0.720 MB",
            "first copy, 16 files, 0.720 MB");
    assertThat(report.full().lines()).hasSize(2 + 2 * 4 + 2);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aStrategyThatIsNotThereIsNamedWithThoseThatAre() {
    assertThatThrownBy(() -> SyncBenchmark.measure(tiny().withStrategy("x"), "test"))
        .hasMessageStartingWith("there is no sync strategy x, but ")
        .hasMessageContaining("rsync");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aDestThatIsWrongEndsTheBenchmark() throws Exception {
    Tools.require("rsync");
    Path reference = Files.createDirectory(directory.resolve("reference"));
    Files.writeString(reference.resolve("f"), "right");
    NoChange noChange = new NoChange("no change", Trees.in(directory, reference));
    noChange.setUp();
    Contender wrong =
        trees -> {
          Files.delete(trees.dest().resolve("f"));
          return Sample.since(System.nanoTime());
        };

    assertThatThrownBy(() -> new Turns(0, 1).take(noChange, wrong, wrong))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not what it should be")
        .hasMessageContaining(">f+++++++++ f");
  }

  @Test
  void aProgramThatFailsIsReportedWithWhatItPrinted() {
    assertThatThrownBy(() -> Program.run(List.of("sh", "-c", "echo out; echo err >&2; exit 3")))
        .hasMessageContaining("exit status 3")
        .hasMessageContaining("out\nerr\n");
  }
}
