package dev.stretcher.spi;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where a staged tree goes, and what a manifest and the operator say about how.
 *
 * @param dest an absolute path; it may not exist yet, its parent does
 * @param excludes rsync patterns of names that are neither changed nor deleted
 * @param excludeFrom a file with such patterns, relative to the staged root and inside of it
 * @param verbosity how much is said of each file: 0 (a summary only) to 3
 * @param output takes what the sync says, line by line; thread-safe
 */
public record SyncTarget(
    Path dest,
    List<String> excludes,
    Optional<Path> excludeFrom,
    int verbosity,
    Consumer<String> output) {
  /** Copies the list. */
  public SyncTarget {
    excludes = List.copyOf(excludes);
  }
}
