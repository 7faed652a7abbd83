package dev.stretcher.internal.reserved;

import dev.stretcher.internal.reserved.Reserved.Reach;
import dev.stretcher.text.NativeText;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The position of a dest relative to a reserved directory; the most specific relation comes first.
 */
enum Relation {
  IS,
  IN,
  HOLDS;

  /** Compares paths, name by name; returns null if they are unrelated. */
  static @Nullable Relation byPath(Path dest, Reserved reserved) {
    Path path = reserved.path();
    if (dest.equals(path)) {
      return IS;
    }
    if (reserved.reach() == Reach.NAMES && path.equals(dest.getParent())
        || reserved.reach() == Reach.ALL && dest.startsWith(path)) {
      return IN;
    }
    return path.startsWith(dest) ? HOLDS : null;
  }

  /**
   * Compares the directories, and those above them, by device and inode; returns null if they are
   * unrelated.
   */
  static @Nullable Relation byKey(Path dest, Reserved reserved, FileKeys keys) {
    Path path = reserved.path();
    if (keys.same(dest, path)) {
      return IS;
    }
    Path parent = dest.getParent();
    if (reserved.reach() == Reach.NAMES && parent != null && keys.same(parent, path)
        || reserved.reach() == Reach.ALL && isBelow(dest, path, keys)) {
      return IN;
    }
    return isBelow(path, dest, keys) ? HOLDS : null;
  }

  private static boolean isBelow(Path path, Path top, FileKeys keys) {
    for (Path above = path.getParent(); above != null; above = above.getParent()) {
      if (keys.same(above, top)) {
        return true;
      }
    }
    return false;
  }

  /** Says the relation in words. */
  String text(Reserved reserved) {
    String shown = NativeText.text(reserved.path());
    return switch (this) {
      case IS -> "is " + reserved.what();
      case IN ->
          reserved.reach() == Reach.NAMES
              ? "is directly in " + shown + ", where homes are"
              : "is in " + reserved.what() + ", " + shown;
      case HOLDS -> "holds " + reserved.what() + ", " + shown;
    };
  }
}
