package dev.stretcher.benchmarks.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TocBenchmarkTest {
  @TempDir Path directory;

  @Test
  void aTinyRunMeasuresArchivesWithATableOfContents() throws Exception {
    for (String tool : new String[] {"nginx", "curl", "rsync", "zstd"}) {
      Tools.require(tool);
    }

    TocReport report = DeployBenchmark.measureToc(TinyRun.in(directory), "test");

    assertThat(report.results()).hasSize(10);
    assertThat(report.results()).allMatch(result -> result.answers().count() > 1);
    assertThat(report.toString()).contains("| update, TOC, tar.gz | ");
    assertThat(directory).isEmptyDirectory();
  }
}
