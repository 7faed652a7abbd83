package dev.stretcher.spi;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Where a staged tree goes, and what a manifest and the operator say about how.
 *
 * @param dest an absolute path; it may not exist yet, its parent does
 * @param rules what the manifest says
 * @param verbosity how much is said of each file: 0 (a summary only) to 3
 * @param output takes what the sync says, line by line; thread-safe
 * @param guard is asked before anything is changed in dest
 */
public record SyncTarget(
    Path dest, SyncRules rules, int verbosity, Consumer<String> output, DeletionGuard guard) {
  /** Creates a target with a guard that holds nothing back. */
  public SyncTarget(Path dest, SyncRules rules, int verbosity, Consumer<String> output) {
    this(dest, rules, verbosity, output, DeletionGuard.OPEN);
  }

  /** Returns this target with another guard. */
  public SyncTarget withGuard(DeletionGuard other) {
    return new SyncTarget(dest, rules, verbosity, output, other);
  }
}
