package dev.stretcher.benchmarks.sync;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Syncs once: {@code SyncOnce STRATEGY STAGED DEST [--stage-from SOURCE]}. With a source, STAGED is
 * made from it first.
 */
public final class SyncOnce {
  /** Comes before the source. */
  static final String STAGE_FROM = "--stage-from";

  private SyncOnce() {}

  /** Runs it; a failure ends the program with its exception. */
  public static void main(String[] args) throws IOException, InterruptedException {
    boolean staging = args.length == 5 && args[3].equals(STAGE_FROM);
    if (args.length != 3 && !staging) {
      throw new IllegalArgumentException("SyncOnce STRATEGY STAGED DEST [--stage-from SOURCE]");
    }
    Optional<Path> source = staging ? Optional.of(Path.of(args[4])) : Optional.empty();
    Deploy.run(Deploy.syncer(args[0]), source, Path.of(args[1]), Path.of(args[2]));
  }
}
