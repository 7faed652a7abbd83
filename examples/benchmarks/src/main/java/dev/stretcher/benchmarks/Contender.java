package dev.stretcher.benchmarks;

import java.io.IOException;

/** One of the two that are compared. */
interface Contender {
  /** Makes dest equal, and measures that. */
  Sample run(Trees trees) throws IOException, InterruptedException;
}
