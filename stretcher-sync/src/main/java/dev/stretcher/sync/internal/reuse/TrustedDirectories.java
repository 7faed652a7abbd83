package dev.stretcher.sync.internal.reuse;

import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Relative;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The directories of a tree in which only root and this user can put a link in the place of
 * something, so that a path through them leads where it says. Used by one thread.
 */
final class TrustedDirectories {
  private static final int OTHERS_WRITE = 022;
  private static final Path SELF = Path.of("/proc/self");

  private final Path tree;
  private final Map<Path, Boolean> known = new HashMap<>();

  TrustedDirectories(Path tree) {
    this.tree = tree;
  }

  /**
   * Tells whether a directory is such a one, and each above it in the tree.
   *
   * @param directory relative to the tree
   */
  boolean is(Path directory) {
    Boolean answer = known.get(directory);
    if (answer == null) {
      answer = isOwn(directory) && (Relative.isRoot(directory) || is(Relative.parent(directory)));
      known.put(directory, answer);
    }
    return answer;
  }

  private boolean isOwn(Path directory) {
    try {
      FileState state =
          Relative.isRoot(directory)
              ? FileState.readThrough(tree)
              : FileState.read(tree.resolve(directory));
      return state.isDirectory()
          && (state.mode() & OTHERS_WRITE) == 0
          && (state.uid() == 0 || state.uid() == FileState.readThrough(SELF).uid());
    } catch (IOException e) {
      return false;
    }
  }
}
