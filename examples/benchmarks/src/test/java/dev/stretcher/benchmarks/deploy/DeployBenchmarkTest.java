package dev.stretcher.benchmarks.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.benchmarks.measure.Options;
import dev.stretcher.contract.Tools;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployBenchmarkTest {
  @TempDir Path directory;

  private Options tiny() {
    for (String tool : new String[] {"nginx", "curl", "rsync", "igzip", "zstd"}) {
      Tools.require(tool);
    }
    return Options.DEFAULT
        .withScale(0.002)
        .withWarmUps(0)
        .withRuns(1)
        .withDirectory(directory)
        .withRepository(Path.of(System.getProperty("stretcher.root", "../..")));
  }

  @Test
  void aTinyRunMeasuresAllCasesAndLeavesNothingBehind() throws Exception {
    DeployReport report = DeployBenchmark.measure(tiny(), "test");

    assertThat(report.results())
        .extracting(DeployMeasurement.Result::name)
        .containsExactly("first deploy", "update", "no change", "a tiny archive", "an empty JVM");
    assertThat(report.toString().lines()).hasSize(2 + 5 + 2);
    assertThat(report.toString()).contains("| update | ");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aTinyRunMeasuresArchivesWithATableOfContents() throws Exception {
    TocReport report = DeployBenchmark.measureToc(tiny(), "test");

    assertThat(report.results()).hasSize(10);
    assertThat(report.results()).allMatch(result -> result.answers().count() > 1);
    assertThat(report.toString()).contains("| update, TOC, tar.gz | ");
    assertThat(directory).isEmptyDirectory();
  }
}
