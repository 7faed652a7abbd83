package dev.stretcher.benchmarks.measure;

import java.io.IOException;
import java.util.List;

/** Measures whole processes. */
public interface Stopwatch {
  /** The time alone. */
  Stopwatch WALL =
      command -> {
        long start = System.nanoTime();
        Program.run(command);
        return Sample.since(start);
      };

  /**
   * Runs a program and measures it.
   *
   * @throws IOException if it fails
   */
  Sample time(List<String> command) throws IOException, InterruptedException;
}
