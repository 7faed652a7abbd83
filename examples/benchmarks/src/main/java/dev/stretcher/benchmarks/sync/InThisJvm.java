package dev.stretcher.benchmarks.sync;

import dev.stretcher.benchmarks.data.Trees;
import dev.stretcher.benchmarks.measure.Sample;
import dev.stretcher.spi.Syncer;
import java.io.IOException;

/** Our syncer, called in this JVM. */
record InThisJvm(Syncer syncer) implements Contender {
  @Override
  public Sample run(Trees trees) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Deploy.run(syncer, trees.source(), trees.staged(), trees.dest());
    return Sample.since(start);
  }
}
