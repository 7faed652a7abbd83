package dev.stretcher.internal.reserved;

import dev.stretcher.file.RealPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A dest, as it is named and as it is. Each path is looked at once. Used by one thread.
 *
 * <p>A deploy of a few files must not wait for this: what is reserved is looked at only if its name
 * says nothing, and only to see whether it is a link, unless dest may have a second name.
 */
final class Place {
  private final Path named;
  private final Path real;
  private final Map<Path, Path> realParents = new HashMap<>();
  private final FileKeys keys = new FileKeys();

  Place(Path dest, Path real) {
    this.named = dest.toAbsolutePath().normalize();
    this.real = real;
  }

  /** Returns its own name. */
  Path named() {
    return named;
  }

  /** Returns where it leads to. */
  Path real() {
    return real;
  }

  /**
   * That a dest is too close to something.
   *
   * @param byName whether the name of dest says so, and not only where it leads to
   */
  record Finding(Reserved reserved, Relation relation, boolean byName) {}

  /**
   * Returns all that dest is too close to.
   *
   * @param closely whether it counts where what is reserved leads to, and not only where dest does
   */
  List<Finding> look(List<Reserved> all, boolean closely) {
    List<Finding> found = new ArrayList<>();
    boolean mayBeElsewhere = closely && Mounts.mayBeElsewhere(existing());
    for (Reserved reserved : all) {
      Relation relation = Relation.byPath(named, reserved);
      if (relation != null) {
        found.add(new Finding(reserved, relation, true));
        continue;
      }
      Reserved there = closely ? reserved.at(real(reserved.path())) : reserved;
      relation = Relation.byPath(real, there);
      if (relation == null && mayBeElsewhere) {
        relation = Relation.byKey(real, there, keys);
      }
      if (relation != null) {
        found.add(new Finding(there, relation, false));
      }
    }
    return found;
  }

  /** Returns the directory that dest is on the file system of. */
  private Path existing() {
    Path above = real;
    while (Files.notExists(above) && above.getParent() != null) {
      above = above.getParent();
    }
    return above;
  }

  /** Most of what is reserved are neighbours: where they are is found out once. */
  private Path real(Path path) {
    Path parent = path.getParent();
    Path name = path.getFileName();
    if (parent == null || name == null || Files.isSymbolicLink(path)) {
      return RealPath.of(path);
    }
    return realParents.computeIfAbsent(parent, RealPath::of).resolve(name);
  }
}
