package dev.stretcher.benchmarks.inner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

class InnerLoopsTest {
  @Test
  void eachLoopRunsOnce() throws Exception {
    var once =
        new OptionsBuilder()
            .forks(0)
            .mode(Mode.SingleShotTime)
            .warmupIterations(0)
            .measurementIterations(1)
            .param("scale", "0.01")
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();

    assertThat(new Runner(once).run())
        .extracting(result -> result.getParams().getBenchmark())
        .extracting(name -> name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1))
        .containsExactlyInAnyOrder(
            "ArchiveBenchmark.digest",
            "ArchiveBenchmark.inflate",
            "ArchiveBenchmark.inflateAndUntar",
            "ArchiveBenchmark.untar",
            "ListingBenchmark.lstat",
            "ListingBenchmark.needed",
            "ListingBenchmark.walk",
            "PipelineBenchmark.pipeline");
  }
}
