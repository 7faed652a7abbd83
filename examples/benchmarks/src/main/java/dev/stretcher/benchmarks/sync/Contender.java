package dev.stretcher.benchmarks.sync;

import dev.stretcher.benchmarks.data.Trees;
import dev.stretcher.benchmarks.measure.Sample;
import java.io.IOException;

/** One of the two that are compared. */
interface Contender {
  /** Makes dest equal, and measures that. */
  Sample run(Trees trees) throws IOException, InterruptedException;
}
