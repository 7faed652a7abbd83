package dev.stretcher.sync.internal.release;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.sync.internal.directory.DescriptorSearch;
import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.journal.JournalFile;
import dev.stretcher.text.Printable;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * A dest with its directories, which are held: whoever may write in dest cannot lead elsewhere what
 * is done in them.
 */
final class Container implements Closeable {
  static final Path CURRENT = Path.of("current");
  static final Path RELEASES = Path.of("releases");
  static final Path SHARED = Path.of("shared");
  static final Path STATE = Path.of(".stretcher");

  private static final Path SELF = Path.of("/proc/self");
  private static final int OTHERS_WRITE = 022;

  private final PinnedPlace dest;
  private final boolean holding;
  private final Deque<PinnedPlace> held = new ArrayDeque<>();
  private final Optional<PinnedPlace> releases;
  private final Optional<PinnedPlace> shared;
  private final Optional<PinnedPlace> state;

  private Container(PinnedPlace dest, boolean holding) throws IOException {
    this.dest = dest;
    this.holding = holding;
    boolean opened = false;
    try {
      releases = open(RELEASES);
      shared = open(SHARED);
      state = open(STATE);
      if (state.isPresent()) {
        requireOwn(state.get().stable());
      }
      opened = true;
    } finally {
      if (!opened) {
        close();
      }
    }
  }

  /** Opens the directory at a place; empty if there is none. */
  static Optional<Container> open(PinnedPlace place) throws IOException {
    Optional<PinnedPlace> there = there(place);
    return there.isEmpty()
        ? Optional.empty()
        : Optional.of(DescriptorSearch.alone(() -> new Container(there.get().hold(), true)));
  }

  /** Looks at the directory at a place without holding it, for somebody who changes nothing. */
  static Optional<Container> look(PinnedPlace place) throws IOException {
    Optional<PinnedPlace> there = there(place);
    return there.isEmpty() ? Optional.empty() : Optional.of(new Container(there.get(), false));
  }

  private static Optional<PinnedPlace> there(PinnedPlace place) throws IOException {
    // What was made since the place was looked at is a dest as well.
    PinnedPlace now = place.isDirectory() ? place : PinnedPlace.look(place.path());
    if (now.isDirectory()) {
      return Optional.of(now);
    }
    if (Files.exists(now.path(), LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(
          Printable.of(now.path()), null, "dest is not a directory; move it away");
    }
    return Optional.empty();
  }

  /** Tells whether there is nothing at a place. */
  static boolean isMissing(PinnedPlace place) {
    return !place.isDirectory() && !Files.exists(place.path(), LinkOption.NOFOLLOW_LINKS);
  }

  private Optional<PinnedPlace> open(Path name) throws IOException {
    PinnedPlace place = PinnedPlace.look(dest.stable().resolve(name));
    if (place.isDirectory()) {
      PinnedPlace opened = holding ? place.hold() : place;
      held.push(opened);
      return Optional.of(opened);
    }
    if (!Files.exists(place.path(), LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    boolean link = Files.isSymbolicLink(place.path());
    throw new FileSystemException(
        Printable.of(named(name)),
        null,
        "it is %s; move it away, or make it a directory%s"
            .formatted(
                link ? "a symbolic link" : "not a directory",
                name.equals(RELEASES) ? " on the file system of dest" : ""));
  }

  /** Whoever else may write there could say which release is good, and what its commands are. */
  private void requireOwn(Path directory) throws IOException {
    FileState found = FileState.readThrough(directory);
    int own = (Integer) Files.getAttribute(SELF, "unix:uid");
    if (found.uid() != own && found.uid() != 0 || (found.mode() & OTHERS_WRITE) != 0) {
      throw new FileSystemException(
          Printable.of(named(STATE)),
          null,
          "other users may write there; move it away, or run as the user who owns it");
    }
  }

  PinnedPlace dest() {
    return dest;
  }

  /** Returns what messages and reports call a name in dest. */
  Path named(Path name) {
    return dest.path().resolve(name);
  }

  Optional<PinnedPlace> releases() {
    return releases;
  }

  Optional<PinnedPlace> shared() {
    return shared;
  }

  boolean hasState() {
    return state.isPresent();
  }

  PinnedPlace requireReleases() throws IOException {
    return releases.orElseThrow(() -> missing(RELEASES));
  }

  PinnedPlace requireShared() throws IOException {
    return shared.orElseThrow(() -> missing(SHARED));
  }

  PinnedPlace requireState() throws IOException {
    return state.orElseThrow(() -> missing(STATE));
  }

  private FileSystemException missing(Path name) {
    return new FileSystemException(
        Printable.of(named(name)), null, "it is gone; find out who removed it, and deploy again");
  }

  /** Returns the directory of a release, for reports. */
  Path directory(String id) {
    return named(RELEASES).resolve(id);
  }

  /** Tells whether a release has a directory. */
  boolean has(String id) {
    return releases
        .map(place -> Files.isDirectory(place.stable().resolve(id), LinkOption.NOFOLLOW_LINKS))
        .orElse(false);
  }

  /** Returns the file of the journal; empty if it cannot be there. */
  Optional<JournalFile> journal() {
    return state.map(place -> new JournalFile(place.stable(), named(STATE)));
  }

  @Override
  public void close() throws IOException {
    while (!held.isEmpty()) {
      held.pop().close();
    }
    dest.close();
  }
}
