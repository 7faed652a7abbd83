package dev.stretcher.sync.internal.release;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.file.ReservedNames;
import dev.stretcher.sync.internal.apply.Removal;
import dev.stretcher.sync.internal.directory.Directories;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Removes what killed deploys have left, and releases that were set aside. */
final class Litter {
  /** A directory with such a name is no release any more, or none yet. */
  static final String ASIDE = ReservedNames.PREFIX + "release-";

  private Litter() {}

  /** Removes links that were not renamed, directories that were set aside, and half files. */
  static void sweep(ReleaseStore store) throws IOException, InterruptedException {
    Container container = store.container();
    for (Path name : names(container.dest(), CurrentLink.TEMPORARY)) {
      Path path = container.dest().stable().resolve(name);
      if (Files.isSymbolicLink(path)) {
        Files.deleteIfExists(path);
      }
    }
    for (Path name : names(container.requireReleases(), ASIDE)) {
      remove(container, name);
    }
    sweepKept(store);
  }

  /** Only this user writes there, so that everything there is ours. */
  private static void sweepKept(ReleaseStore store) throws IOException {
    if (!store.journal().isComplete()) {
      return;
    }
    PinnedPlace state = store.container().requireState();
    for (Path path : names(state, "")) {
      String name = path.toString();
      String id = id(name);
      if (!id.isEmpty() && store.entry(id).isEmpty() || name.endsWith(".new")) {
        Path file = state.stable().resolve(path);
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static String id(String name) {
    for (String end : List.of(Kept.MANIFEST, Kept.LIST)) {
      if (name.endsWith(end)) {
        return name.substring(0, name.length() - end.length());
      }
    }
    return "";
  }

  /** Returns the releases that the journal does not know, although it knows all. */
  static List<String> unknown(ReleaseStore store) throws IOException {
    List<String> unknown = new ArrayList<>();
    if (store.journal().isComplete()) {
      for (String id : ReleaseStore.directories(store.container())) {
        if (store.journal().release(id).isEmpty()) {
          unknown.add(id);
        }
      }
    }
    return unknown;
  }

  /** Takes the directory of a release its name, by one rename. */
  static Path setAside(Container container, String id) throws IOException {
    Path releases = container.requireReleases().stable();
    Path aside = Path.of(ASIDE + id);
    Files.move(releases.resolve(id), releases.resolve(aside));
    return aside;
  }

  /** Removes a directory in {@code releases}; no link in it is followed. */
  static void remove(Container container, Path name) throws IOException, InterruptedException {
    PinnedPlace releases = container.requireReleases();
    new Removal(new Directories(releases), Optional.empty()).remove(name);
  }

  private static List<Path> names(PinnedPlace directory, String prefix) throws IOException {
    List<Path> names = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory.stable())) {
      for (Path path : paths) {
        if (path.getFileName().toString().startsWith(prefix)) {
          names.add(path.getFileName());
        }
      }
    }
    return names;
  }
}
