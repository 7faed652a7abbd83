package dev.stretcher.sync.internal.release;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.manifest.ReleaseRules.Shared;
import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Kind;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at what all releases of a dest share, and changes nothing.
 *
 * @param place where it is; empty if it has to be made
 * @param named what messages call it
 */
record SharedPlace(Optional<PinnedPlace> place, Path named) {
  /** Refuses names that cannot be used, and those that are missing and may not be made. */
  void require(List<Shared> names) throws IOException {
    for (Shared each : names) {
      missing(each);
    }
  }

  /**
   * Returns the directories that are to be made for a name, the outer ones first.
   *
   * @throws IOException if the name is missing and may not be made, or cannot be used
   */
  List<Path> missing(Shared name) throws IOException {
    List<Path> missing = new ArrayList<>();
    int depth = name.path().getNameCount();
    for (int i = 1; i <= depth; i++) {
      Path part = name.path().subpath(0, i);
      Optional<FileState> there = look(part);
      if (there.isPresent()) {
        requireUsable(name, part, there.get(), i == depth);
      } else if (name.directory()) {
        missing.add(part);
      } else {
        throw refused(
            name.path(),
            "it does not exist; create it, or write %s if it is a directory that may be made"
                .formatted("release.shared: [" + Printable.of(name.path()) + "/]"));
      }
    }
    return missing;
  }

  private Optional<FileState> look(Path part) throws IOException {
    return place.isPresent()
        ? FileState.readIfThere(place.get().stable().resolve(part))
        : Optional.empty();
  }

  private void requireUsable(Shared name, Path part, FileState there, boolean last)
      throws IOException {
    Path path = place.orElseThrow().stable().resolve(part);
    boolean link = there.kind() == Kind.SYMLINK;
    if (!last && !there.isDirectory()) {
      throw refused(
          part,
          (link ? "it is a link" : "it is not a directory")
              + ", and "
              + Printable.of(name.path())
              + " would be in it; make it a directory");
    }
    if (last && link && !Files.exists(path)) {
      throw refused(part, "it is a link that leads to nothing; create what it leads to");
    }
    if (last && name.directory() && !Files.isDirectory(path)) {
      throw refused(part, "it is not a directory, but release.shared says so by the slash");
    }
  }

  private FileSystemException refused(Path path, String reason) {
    return new FileSystemException(Printable.of(named.resolve(path)), null, reason);
  }
}
