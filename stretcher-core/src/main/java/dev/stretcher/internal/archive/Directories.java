package dev.stretcher.internal.archive;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The directories that the archive has brought so far, by their paths in it.
 *
 * <p>Nothing is written below a name that is not among them, hence never through a symbolic link.
 * They stay private until the end, when they get their attributes: filling them changes their
 * modification times, and their modes may forbid it.
 */
final class Directories {
  private static final Path ROOT = Path.of("");

  private final Map<Path, Optional<TarEntry>> known = new HashMap<>();
  private final Path root;
  private final Attributes attributes;
  private final Omissions omissions;

  Directories(Path root, Attributes attributes, Omissions omissions) {
    this.root = root;
    this.attributes = attributes;
    this.omissions = omissions;
  }

  static Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? ROOT : parent;
  }

  boolean isKnown(Path path) {
    return path.equals(ROOT) || known.containsKey(path);
  }

  /** Creates the directory that {@code entry} lies in, unless it is there. */
  void requireParent(TarEntry entry) throws IOException {
    Path parent = parent(entry.path());
    if (isKnown(parent)) {
      return;
    }
    for (int depth = 1; depth <= parent.getNameCount(); depth++) {
      Path path = parent.subpath(0, depth);
      if (!isKnown(path)) {
        createMissing(entry, path);
      }
    }
  }

  private void createMissing(TarEntry entry, Path path) throws IOException {
    if (omissions.get(path).isPresent()) {
      throw belowOther(entry, path);
    }
    try {
      create(root.resolve(path));
      known.put(path, Optional.empty());
    } catch (FileAlreadyExistsException e) {
      throw belowOther(entry, path);
    }
  }

  private static ArchiveException belowOther(TarEntry entry, Path path) {
    return ArchiveException.in(
        entry,
        "it lies below '"
            + EntryName.text(path)
            + "', which the archive has as something else, expected a directory; check where the"
            + " archive comes from");
  }

  void create(Path directory) throws IOException {
    Files.createDirectory(directory, attributes.creation(Attributes.PRIVATE_DIRECTORY));
    attributes.makeFillable(directory);
  }

  /** Remembers what a directory, which exists, is to look like in the end. */
  void describe(TarEntry entry) {
    known.put(entry.path(), Optional.of(entry));
  }

  void forget(Path path) {
    known.remove(path);
  }

  /** Gives all directories their attributes, the deepest first. */
  void finish() throws IOException, InterruptedException {
    List<Map.Entry<Path, Optional<TarEntry>>> deepestFirst =
        known.entrySet().stream()
            .sorted(Comparator.comparingInt(each -> -depth(each.getKey())))
            .toList();
    for (Map.Entry<Path, Optional<TarEntry>> each : deepestFirst) {
      Path directory = root.resolve(each.getKey());
      if (each.getValue().isPresent()) {
        attributes.apply(each.getValue().get(), directory);
      } else {
        attributes.applyDefault(directory);
      }
    }
  }

  private static int depth(Path path) {
    return path.equals(ROOT) ? 0 : path.getNameCount();
  }
}
