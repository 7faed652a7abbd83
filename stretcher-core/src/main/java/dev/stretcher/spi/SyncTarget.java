package dev.stretcher.spi;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.manifest.SyncRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Where a staged tree goes, and how the manifest and the operator want it there.
 *
 * @param dest an absolute path; it may not exist yet, its parent does
 * @param rules what the manifest says
 * @param verbosity how much is said of each file: 0 (a summary only) to 3
 * @param output takes what the sync says, line by line; thread-safe. Names need no care: the log
 *     shows control characters escaped
 * @param place the directory that the engine found at dest when it checked that dest is allowed; if
 *     dest is a link, the directory that it leads to; if dest did not exist, a place without a
 *     directory. A syncer deletes in no other directory. The engine holds it during a sync
 * @param guard the guard to call before anything is changed in dest
 */
public record SyncTarget(
    Path dest,
    SyncRules rules,
    int verbosity,
    Consumer<String> output,
    PinnedPlace place,
    DeletionGuard guard) {
  /**
   * Creates a target for the directory that dest is now, without holding it and with a guard that
   * allows everything.
   */
  public SyncTarget(Path dest, SyncRules rules, int verbosity, Consumer<String> output) {
    this(dest, rules, verbosity, output, PinnedPlace.look(followed(dest)), DeletionGuard.OPEN);
  }

  /** Returns this target for another place. */
  public SyncTarget withPlace(PinnedPlace other) {
    return new SyncTarget(dest, rules, verbosity, output, other, guard);
  }

  /** Returns this target with another guard. */
  public SyncTarget withGuard(DeletionGuard other) {
    return new SyncTarget(dest, rules, verbosity, output, place, other);
  }

  private static Path followed(Path dest) {
    try {
      return Files.isDirectory(dest) ? dest.toRealPath() : dest;
    } catch (IOException e) {
      // It is going to fail with a better message.
      return dest;
    }
  }
}
