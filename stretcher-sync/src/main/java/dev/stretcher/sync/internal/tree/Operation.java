package dev.stretcher.sync.internal.tree;

import java.nio.file.Path;
import java.util.Optional;

/** Something to be done to one name in dest. */
sealed interface Operation {
  /** Returns the name, relative to dest; empty for dest itself. */
  Path path();

  /**
   * The staged file takes the name.
   *
   * @param dest what has the name when this is planned
   * @param linkTarget for a symbolic link
   * @param carried it comes with the directory that it is in, which is new
   */
  record Put(
      Path path,
      FileState staged,
      Optional<FileState> dest,
      Optional<Path> linkTarget,
      boolean carried)
      implements Operation {}

  /**
   * The name disappears.
   *
   * @param dest what has it when this is planned
   * @param carried it goes with the directory that it is in, or makes way for what is put there
   */
  record Remove(Path path, FileState dest, boolean carried) implements Operation {}

  /**
   * What stays gets other attributes.
   *
   * @param staged what they are going to be; the time is that of dest unless it is to change
   * @param dest what they are when this is planned
   */
  record Adjust(Path path, FileState staged, FileState dest) implements Operation {}
}
