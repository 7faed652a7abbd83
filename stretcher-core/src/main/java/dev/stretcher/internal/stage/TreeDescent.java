package dev.stretcher.internal.stage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The way down into an open directory whose content is removed, without recursion: the tree may be
 * deeper than a stack, and a lock of the JDK's directory streams that was taken when the stack
 * overflows is never released.
 */
final class TreeDescent implements Closeable {
  private static final LinkOption NOFOLLOW = LinkOption.NOFOLLOW_LINKS;

  private final Deque<Level> levels = new ArrayDeque<>();

  private record Level(SecureDirectoryStream<Path> directory, Path path, Iterator<Path> names) {}

  /**
   * Creates a way down.
   *
   * @param path of {@code directory}, which stays open
   */
  TreeDescent(SecureDirectoryStream<Path> directory, Path path) throws IOException {
    levels.addLast(new Level(directory, path, names(directory).iterator()));
  }

  /** Removes the content of the directory. */
  void removeContent() throws IOException {
    while (!levels.isEmpty()) {
      Level deepest = levels.getLast();
      if (deepest.names().hasNext()) {
        removeNext(deepest, deepest.names().next());
      } else {
        leave();
      }
    }
  }

  private void removeNext(Level level, Path name) throws IOException {
    try {
      if (isDirectory(level.directory(), name)) {
        enter(name);
      } else {
        level.directory().deleteFile(name);
      }
    } catch (NoSuchFileException e) {
      // It is gone already.
      return;
    }
  }

  private static boolean isDirectory(SecureDirectoryStream<Path> parent, Path name)
      throws IOException {
    return parent
        .getFileAttributeView(name, BasicFileAttributeView.class, NOFOLLOW)
        .readAttributes()
        .isDirectory();
  }

  /** Goes into a directory of the deepest one; a link that took its place is an error. */
  void enter(Path name) throws IOException {
    Level deepest = levels.getLast();
    Path path = deepest.path().resolve(name);
    letOwnerIn(path);
    SecureDirectoryStream<Path> directory = deepest.directory().newDirectoryStream(name, NOFOLLOW);
    try {
      levels.addLast(new Level(directory, path, names(directory).iterator()));
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private void leave() throws IOException {
    Level left = levels.removeLast();
    if (levels.isEmpty()) {
      return;
    }
    left.directory().close();
    try {
      levels.getLast().directory().deleteDirectory(left.path().getFileName());
    } catch (NoSuchFileException e) {
      // It is gone already.
      return;
    }
  }

  /** Modes keep out only a normal user, who can change by path only files of its own. */
  static void letOwnerIn(Path directory) throws IOException {
    boolean accessible =
        Files.isReadable(directory) && Files.isWritable(directory) && Files.isExecutable(directory);
    if (!accessible) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** Returns the names in an open directory. */
  static List<Path> names(DirectoryStream<Path> directory) throws IOException {
    List<Path> names = new ArrayList<>();
    try {
      directory.forEach(path -> names.add(path.getFileName()));
      return names;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  @Override
  public void close() throws IOException {
    while (levels.size() > 1) {
      levels.removeLast().directory().close();
    }
  }
}
