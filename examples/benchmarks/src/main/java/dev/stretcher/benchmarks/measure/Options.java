package dev.stretcher.benchmarks.measure;

import java.nio.file.Path;

/**
 * What a run of the benchmark is asked for.
 *
 * @param strategy the name of our syncer
 * @param scale multiplies the number of files, directories and bytes
 * @param warmUps runs of each side of each case that are not counted
 * @param runs runs of each side of each case that are
 * @param directory where a scratch directory is made and removed again
 * @param write whether the documentation gets the results
 * @param repository where the documentation is
 */
public record Options(
    String strategy,
    double scale,
    int warmUps,
    int runs,
    Path directory,
    boolean write,
    Path repository) {
  /** A measurement of {@code tree} at full size, in the temporary directory. */
  public static final Options DEFAULT =
      new Options(
          "tree", 1.0, 3, 7, Path.of(System.getProperty("java.io.tmpdir")), false, Path.of("."));

  /** Checks the values. */
  public Options {
    if (!(scale > 0) || warmUps < 0 || runs < 1) {
      throw new IllegalArgumentException(
          "--scale must be more than 0, --warm-ups 0 or more, --runs 1 or more");
    }
  }

  /** Returns the same for another strategy. */
  public Options withStrategy(String name) {
    return new Options(name, scale, warmUps, runs, directory, write, repository);
  }

  /** Returns the same at another size. */
  public Options withScale(double factor) {
    return new Options(strategy, factor, warmUps, runs, directory, write, repository);
  }

  /** Returns the same with {@code count} runs that are not counted. */
  public Options withWarmUps(int count) {
    return new Options(strategy, scale, count, runs, directory, write, repository);
  }

  /** Returns the same with {@code count} runs that are counted. */
  public Options withRuns(int count) {
    return new Options(strategy, scale, warmUps, count, directory, write, repository);
  }

  /** Returns the same with the data below another directory. */
  public Options withDirectory(Path path) {
    return new Options(strategy, scale, warmUps, runs, path, write, repository);
  }

  Options withWrite() {
    return new Options(strategy, scale, warmUps, runs, directory, true, repository);
  }

  /** Returns the same for the documentation of another source tree. */
  public Options withRepository(Path path) {
    return new Options(strategy, scale, warmUps, runs, directory, write, path);
  }

  /** Returns the packaged agent of that source tree. */
  public Path launcher() {
    return repository.resolve("stretcher-cli/target/stretcher/bin/stretcher").toAbsolutePath();
  }

  /** Returns a number of files at this scale, at least one. */
  public int scaled(int count) {
    return Math.max(1, (int) Math.round(count * scale));
  }
}
