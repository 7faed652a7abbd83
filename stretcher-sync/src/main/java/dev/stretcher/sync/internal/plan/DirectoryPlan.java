package dev.stretcher.sync.internal.plan;

import dev.stretcher.sync.internal.plan.Operation.Put;
import dev.stretcher.sync.internal.plan.Operation.Remove;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The plan for the names of one directory. Used by one thread at a time. */
final class DirectoryPlan {
  final DirectoryPair directory;
  final List<Put> puts = new ArrayList<>(0);
  final List<Remove> removes = new ArrayList<>(0);
  final DirectoryAdjusts adjusts;
  final List<Path> hidden = new ArrayList<>(0);
  final List<DirectoryPair> children = new ArrayList<>(0);
  boolean protects;

  /** The names that come with this directory, which is new, and are not among the puts. */
  long carried;

  /** The bytes of the regular files among those. */
  long carriedBytes;

  /** Their lines for the log. */
  final StringBuilder carriedLines = new StringBuilder(0);

  /** How many of the puts are only there because attributes cannot be changed in place. */
  int putsForAttributes;

  /**
   * Whether a file in it gets another time because its content, which rsync would write, is there.
   */
  boolean retimes;

  long keptBytes;

  /** How many names dest has in it that are not excluded. */
  long present;

  DirectoryPlan(DirectoryPair directory) {
    this.directory = directory;
    this.adjusts = new DirectoryAdjusts(directory.path());
  }
}
