package dev.stretcher.benchmarks.sync;

import dev.stretcher.benchmarks.data.Trees;
import dev.stretcher.benchmarks.measure.Sample;
import dev.stretcher.benchmarks.measure.Stopwatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code rsync -a --delete}. */
record Rsync(Stopwatch stopwatch) implements Contender {
  @Override
  public Sample run(Trees trees) throws IOException, InterruptedException {
    Path from = trees.source().orElse(trees.staged());
    return stopwatch.time(List.of("rsync", "-a", "--delete", "--", from + "/", trees.dest() + "/"));
  }
}
