package dev.stretcher.sync.internal.apply;

import dev.stretcher.sync.internal.directory.Directories;
import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.OpenDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * The way down into a tree that is removed: each directory on it is open, the deepest is the one
 * whose names are next. It lets the owner into directories that are closed to their owner.
 */
final class Descent implements Closeable {
  private final Directories directories;
  private final OpenDirectory start;
  private final Deque<Level> levels = new ArrayDeque<>();
  private boolean kept;

  /**
   * Creates a way down.
   *
   * @param start where the tree lies, which stays open
   */
  Descent(Directories directories, OpenDirectory start) {
    this.directories = directories;
    this.start = start;
  }

  /** A directory on the way. */
  private static final class Level {
    final Path path;
    final OpenDirectory directory;
    final Iterator<Path> names;
    boolean empty = true;

    Level(Path path, OpenDirectory directory) throws IOException {
      this.path = path;
      this.directory = directory;
      this.names = directory.names().iterator();
    }
  }

  /** A deletion in the deepest directory. */
  @FunctionalInterface
  private interface Deletion {
    void in(OpenDirectory directory) throws IOException;
  }

  boolean hasEntered() {
    return !levels.isEmpty();
  }

  /** Tells whether a name was kept anywhere. */
  boolean hasKept() {
    return kept;
  }

  /** Returns the deepest directory. */
  OpenDirectory directory() {
    return levels.isEmpty() ? start : levels.getLast().directory;
  }

  /** Returns the next path in the deepest directory; empty after its last. */
  Optional<Path> next() {
    Level deepest = levels.getLast();
    return deepest.names.hasNext()
        ? Optional.of(deepest.path.resolve(deepest.names.next()))
        : Optional.empty();
  }

  /** Goes into a directory of the deepest one. */
  void enter(Path path) throws IOException {
    OpenDirectory opened = open(path.getFileName());
    try {
      levels.addLast(new Level(path, opened));
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private OpenDirectory open(Path name) throws IOException {
    try {
      return directory().open(name);
    } catch (AccessDeniedException e) {
      letOwnerIn(directory(), name, e);
      return directory().open(name);
    }
  }

  /** Notes that a name in the deepest directory stays, and so each directory above it. */
  void keep() {
    kept = true;
    levels.getLast().empty = false;
  }

  /** Deletes a file in the deepest directory. */
  void deleteFile(Path name) throws IOException {
    delete(directory -> directory.deleteFile(name));
  }

  /** Closes the deepest directory, and deletes it unless something in it stays. */
  void leave() throws IOException {
    Level left = levels.removeLast();
    left.directory.close();
    if (left.empty) {
      delete(directory -> directory.deleteDirectory(left.path.getFileName()));
    } else if (hasEntered()) {
      levels.getLast().empty = false;
    }
  }

  private void delete(Deletion deletion) throws IOException {
    try {
      deletion.in(directory());
    } catch (AccessDeniedException e) {
      letOwnerIntoDeepest(e);
      deletion.in(directory());
    }
  }

  /** The directory where the tree lies is not the removal's to change. */
  private void letOwnerIntoDeepest(AccessDeniedException denied) throws IOException {
    if (levels.isEmpty()) {
      throw denied;
    }
    Level deepest = levels.removeLast();
    try {
      letOwnerIn(directory(), deepest.path.getFileName(), denied);
    } finally {
      levels.addLast(deepest);
    }
  }

  private void letOwnerIn(OpenDirectory parent, Path name, AccessDeniedException denied)
      throws IOException {
    directories.pinned(
        parent,
        here -> {
          FileState state = FileState.read(here.resolve(name));
          if (!state.isDirectory() || state.isOpenToOwner()) {
            throw denied;
          }
          Files.setAttribute(here.resolve(name), "unix:mode", FileState.OWNER_ALL);
        });
  }

  @Override
  public void close() throws IOException {
    while (hasEntered()) {
      levels.removeLast().directory.close();
    }
  }
}
