package dev.stretcher.sync.internal.directory;

import java.nio.file.Path;
import java.util.Comparator;

/** Paths relative to the root of a tree, which itself is the empty path. */
public final class Relative {
  public static final Path ROOT = Path.of("");

  /** What is deeper comes first; the root is last. */
  public static final Comparator<Path> DEEPEST_FIRST = Relative::compareDepth;

  private Relative() {}

  public static boolean isRoot(Path path) {
    return path.toString().isEmpty();
  }

  public static Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? ROOT : parent;
  }

  /** Returns the path of {@code name} in {@code directory}. */
  public static Path child(Path directory, Path name) {
    return isRoot(directory) ? name : directory.resolve(name);
  }

  public static int depth(Path path) {
    return isRoot(path) ? 0 : path.getNameCount();
  }

  // What Comparator puts together is not in the class-data archive: a small deploy would pay for
  // it.
  private static int compareDepth(Path a, Path b) {
    int byDepth = Integer.compare(depth(b), depth(a));
    return byDepth != 0 ? byDepth : a.compareTo(b);
  }
}
