package dev.stretcher.sync.internal.plan;

import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Relative;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/**
 * A change of one name in dest. There may be hundreds of thousands: those in one directory share
 * its path, and have no paths of their own.
 */
public sealed interface Operation {
  /** By path, so that a directory comes before its content. */
  Comparator<Operation> BY_PATH =
      (a, b) ->
          a.directory().equals(b.directory())
              ? a.name().compareTo(b.name())
              : a.path().compareTo(b.path());

  /** Returns the path of the directory that the name is in, relative to dest. */
  Path directory();

  /** Returns the last part of the path; empty for dest itself. */
  Path name();

  /** Returns the path, relative to dest; empty for dest itself. */
  default Path path() {
    return Relative.child(directory(), name());
  }

  /** Returns how many directories the name is in, dest among them; 0 for dest itself. */
  default int depth() {
    return Relative.isRoot(name()) ? 0 : Relative.depth(directory()) + 1;
  }

  /**
   * The staged file takes the name.
   *
   * @param dest the file that has the name when this is planned
   * @param linkTarget for a symbolic link
   * @param carried whether it comes with its directory, which is new
   */
  record Put(
      Path directory,
      Path name,
      FileState staged,
      Optional<FileState> dest,
      Optional<Path> linkTarget,
      boolean carried)
      implements Operation {}

  /**
   * The name disappears.
   *
   * @param dest the file that has the name when this is planned
   * @param carried whether it goes with its directory, or makes way for a staged file
   */
  record Remove(Path directory, Path name, FileState dest, boolean carried) implements Operation {}

  /**
   * A file that stays gets other attributes.
   *
   * @param staged its final attributes; the time is that of dest unless it changes
   * @param dest its attributes when this is planned
   */
  record Adjust(Path directory, Path name, FileState staged, FileState dest) implements Operation {}
}
