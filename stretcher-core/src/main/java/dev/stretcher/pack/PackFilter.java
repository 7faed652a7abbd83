package dev.stretcher.pack;

import java.nio.file.Path;

/**
 * Says which names of a tree are left out. {@code dev.stretcher.sync.Excludes} has the patterns of
 * manifests.
 */
@FunctionalInterface
public interface PackFilter {
  /** Leaves nothing out. */
  PackFilter NONE = (path, directory) -> false;

  /**
   * Tells whether a name is left out. What is in a directory that is left out is not asked for.
   *
   * @param path relative to the root of the tree, not empty
   * @param directory whether it is a directory
   */
  boolean excludes(Path path, boolean directory);
}
