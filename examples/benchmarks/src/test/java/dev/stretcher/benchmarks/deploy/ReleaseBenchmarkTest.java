package dev.stretcher.benchmarks.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseBenchmarkTest {
  @TempDir Path directory;

  @Test
  void aTinyRunMeasuresAllCasesAndLeavesNothingBehind() throws Exception {
    Tools.require("nginx");
    Tools.require("rsync");

    ReleaseReport report = ReleaseBenchmark.measure(TinyRun.in(directory), "test");

    assertThat(report.results()).hasSize(4);
    assertThat(report.switches().gaps().runs()).hasSize(200);
    assertThat(report.toString()).contains("| update, TOC | ", "Of 200 switches in a warm JVM");
    assertThat(directory).isEmptyDirectory();
  }
}
