package dev.stretcher.benchmarks.data;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The trees of one case.
 *
 * @param directory holds the others, but not the reference
 * @param reference what dest must be equal to afterwards; no one writes to it
 * @param source what is staged within the timing, and what rsync copies; empty if the staged tree
 *     is there already, and is what rsync copies
 */
public record Trees(Path directory, Path reference, Optional<Path> source) {
  /** Returns the trees of a case whose staged tree is there already. */
  public static Trees in(Path directory, Path reference) {
    return new Trees(directory, reference, Optional.empty());
  }

  /** Returns the same with a source that is staged within the timing. */
  public Trees stagedWithin() {
    return new Trees(directory, reference, Optional.of(directory.resolve("source")));
  }

  /** Returns what our syncer gets, beside dest. */
  public Path staged() {
    return directory.resolve("staged");
  }

  /** Returns what becomes equal to the staged tree. */
  public Path dest() {
    return directory.resolve("dest");
  }
}
