package dev.stretcher.internal.dest;

import dev.stretcher.internal.dest.Reserved.Reach;
import java.nio.file.Path;
import java.util.Optional;

/** How a dest lies to something that is reserved; the one that says most comes first. */
enum Relation {
  IS,
  IN,
  HOLDS;

  /** Tells two directories apart, or not. */
  @FunctionalInterface
  interface Sameness {
    boolean same(Path one, Path other);
  }

  /** Compares a dest with something reserved, and with what is above each of them. */
  static Optional<Relation> of(Path dest, Reserved reserved, Sameness sameness) {
    Path path = reserved.path();
    if (sameness.same(dest, path)) {
      return Optional.of(IS);
    }
    Path parent = dest.getParent();
    boolean in =
        switch (reserved.reach()) {
          case ITSELF -> false;
          case NAMES -> parent != null && sameness.same(parent, path);
          case ALL -> isBelow(dest, path, sameness);
        };
    if (in) {
      return Optional.of(IN);
    }
    return isBelow(path, dest, sameness) ? Optional.of(HOLDS) : Optional.empty();
  }

  private static boolean isBelow(Path path, Path top, Sameness sameness) {
    for (Path above = path.getParent(); above != null; above = above.getParent()) {
      if (sameness.same(above, top)) {
        return true;
      }
    }
    return false;
  }

  /** Says it. */
  String text(Reserved reserved, String shown) {
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
