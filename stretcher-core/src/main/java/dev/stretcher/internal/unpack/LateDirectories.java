package dev.stretcher.internal.unpack;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.stretcher.internal.omit.Ids;
import dev.stretcher.internal.omit.Omitted;
import dev.stretcher.spi.EntryType;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Directories of a staged tree that something is put into late, and those that are made for it. */
final class LateDirectories {
  private static final int OWNER_ALL = 0700;

  private final Path root;
  private final ModificationTime times = new ModificationTime();
  private final Map<Path, State> states = new LinkedHashMap<>();

  LateDirectories(Path root) {
    this.root = root;
  }

  /**
   * What a directory is to look like afterwards.
   *
   * @param owner that of a directory which was made
   */
  private record State(int mode, Instant modified, Optional<Ids> owner) {}

  /** Makes a directory, in one that is there. */
  void make(Path relative, Omitted wanted) throws IOException {
    open(Directories.parent(relative));
    Path directory = root.resolve(relative);
    Files.createDirectory(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    // A umask may have taken something away.
    Files.setAttribute(directory, "unix:mode", OWNER_ALL);
    states.put(directory, new State(wanted.mode(), wanted.modified(), Optional.of(wanted.owner())));
  }

  /** Makes certain that something can be put into a directory: those above it are opened, too. */
  void open(Path relative) throws IOException {
    if (states.containsKey(root.resolve(relative))) {
      return;
    }
    Path directory = root;
    openOne(directory);
    for (Path name : relative) {
      directory = directory.resolve(name);
      openOne(directory);
    }
  }

  /** Nothing is written through a symbolic link, here as in the first run. */
  private void openOne(Path directory) throws IOException {
    if (states.containsKey(directory)) {
      return;
    }
    if (!Files.isDirectory(directory, NOFOLLOW_LINKS)) {
      throw new FileSystemException(
          directory.toString(),
          null,
          "it is not a directory any more; find out what changes the staging directory");
    }
    int mode = 07777 & (Integer) Files.getAttribute(directory, "unix:mode", NOFOLLOW_LINKS);
    Instant modified = Files.getLastModifiedTime(directory, NOFOLLOW_LINKS).toInstant();
    states.put(directory, new State(mode, modified, Optional.empty()));
    if ((mode & OWNER_ALL) != OWNER_ALL) {
      Files.setAttribute(directory, "unix:mode", mode | OWNER_ALL);
    }
  }

  /** Gives all of them their attributes, those in another one before it. */
  void finish() throws IOException, InterruptedException {
    List<Map.Entry<Path, State>> all = new ArrayList<>(states.entrySet());
    Collections.reverse(all);
    for (Map.Entry<Path, State> each : all) {
      finish(each.getKey(), each.getValue());
    }
  }

  private void finish(Path directory, State state) throws IOException, InterruptedException {
    if (state.owner().isPresent()) {
      setOwner(directory, state.owner().get());
    }
    times.set(state.modified(), EntryType.DIRECTORY, directory);
    if (state.owner().isPresent() || (state.mode() & OWNER_ALL) != OWNER_ALL) {
      Files.setAttribute(directory, "unix:mode", state.mode());
    }
  }

  private static void setOwner(Path directory, Ids owner) throws IOException {
    if (!Files.getAttribute(directory, "unix:gid", NOFOLLOW_LINKS).equals(owner.gid())) {
      Files.setAttribute(directory, "unix:gid", owner.gid(), NOFOLLOW_LINKS);
    }
    if (!Files.getAttribute(directory, "unix:uid", NOFOLLOW_LINKS).equals(owner.uid())) {
      Files.setAttribute(directory, "unix:uid", owner.uid(), NOFOLLOW_LINKS);
    }
  }
}
