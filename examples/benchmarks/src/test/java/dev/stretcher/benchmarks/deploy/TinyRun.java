package dev.stretcher.benchmarks.deploy;

import dev.stretcher.benchmarks.measure.Options;
import java.nio.file.Path;

/** A measurement that only shows that each case works. */
final class TinyRun {
  private TinyRun() {}

  static Options in(Path directory) {
    return Options.DEFAULT
        .withScale(0.002)
        .withWarmUps(0)
        .withRuns(1)
        .withDirectory(directory)
        .withRepository(Path.of(System.getProperty("stretcher.root", "../..")));
  }
}
