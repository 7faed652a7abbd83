package dev.stretcher.benchmarks.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployBenchmarkTest {
  @TempDir Path directory;

  @Test
  void aTinyRunMeasuresAllCasesAndLeavesNothingBehind() throws Exception {
    for (String tool : new String[] {"nginx", "curl", "rsync", "igzip"}) {
      Tools.require(tool);
    }

    DeployReport report = DeployBenchmark.measure(TinyRun.in(directory), "test");

    assertThat(report.results())
        .extracting(DeployMeasurement.Result::name)
        .containsExactly("first deploy", "update", "no change", "a tiny archive", "an empty JVM");
    assertThat(report.toString().lines()).hasSize(2 + 5 + 2);
    assertThat(report.toString()).contains("| update | ");
    assertThat(directory).isEmptyDirectory();
  }
}
