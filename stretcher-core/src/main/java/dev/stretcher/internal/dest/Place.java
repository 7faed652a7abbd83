package dev.stretcher.internal.dest;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A dest, as it is named and as it is.
 *
 * @param real where it leads to
 */
record Place(Path named, Path real, FileKeys keys) {
  static Place of(Path dest) {
    Path named = dest.toAbsolutePath().normalize();
    return new Place(named, RealPath.of(named), new FileKeys());
  }

  /**
   * That a dest is too close to something.
   *
   * @param byName whether the name of dest says so, and not only where it leads to
   */
  record Finding(Reserved reserved, Relation relation, boolean byName) {}

  /** Compares names first, then what they lead to, then devices and inodes. */
  Optional<Finding> look(Reserved reserved) {
    Optional<Relation> named = Relation.of(this.named, reserved, Path::equals);
    if (named.isPresent()) {
      return named.map(relation -> new Finding(reserved, relation, true));
    }
    Reserved there = reserved.at(RealPath.of(reserved.path()));
    return Relation.of(real, there, Path::equals)
        .or(() -> Relation.of(real, there, keys::same))
        .map(relation -> new Finding(there, relation, false));
  }
}
