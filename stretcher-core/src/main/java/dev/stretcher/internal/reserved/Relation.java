package dev.stretcher.internal.reserved;

import dev.stretcher.internal.reserved.Reserved.Reach;
import dev.stretcher.text.NativeText;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How a dest lies to something that is reserved; the one that says most comes first. */
enum Relation {
  IS,
  IN,
  HOLDS;

  /** Compares paths, name by name; returns null if there is nothing to say. */
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
   * Compares what is there, and what is above it, by device and inode; returns null if there is
   * nothing to say.
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

  /** Says it. */
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
