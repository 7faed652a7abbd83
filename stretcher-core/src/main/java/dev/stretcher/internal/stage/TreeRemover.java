package dev.stretcher.internal.stage;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Removes a private tree, also one whose directories are not writable. No link is followed, also
 * not one that takes the place of a directory meanwhile: who had a directory open before it came
 * here can still change what is in it.
 */
final class TreeRemover {
  private static final LinkOption NOFOLLOW = LinkOption.NOFOLLOW_LINKS;
  private static final Class<BasicFileAttributeView> VIEW = BasicFileAttributeView.class;

  private TreeRemover() {}

  /**
   * Removes what is at {@code path}; nothing is fine. The directory above need not be listable, as
   * one for temporary files may not be.
   */
  static void remove(Path path) throws IOException {
    try {
      if (Files.isDirectory(path, NOFOLLOW)) {
        letOwnerIn(path);
        removeContent(path, key(Files.getFileAttributeView(path, VIEW, NOFOLLOW)));
      }
    } catch (NoSuchFileException e) {
      // It is gone, which was the point.
      return;
    }
    Files.deleteIfExists(path);
  }

  /**
   * Removes what is in a directory.
   *
   * @param found which directory it was that lay at {@code path}
   */
  static void removeContent(Path path, Object found) throws IOException {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
      if (stream instanceof SecureDirectoryStream<Path> secure) {
        requireSame(path, found, key(secure.getFileAttributeView(VIEW)));
        removeNames(secure, path);
      } else {
        removeByPath(path);
      }
    }
  }

  /** The stream has followed a link if what it lists is not what the name stood for. */
  private static void requireSame(Path path, Object found, Object opened) throws IOException {
    if (!found.equals(opened)) {
      throw new FileSystemException(path.toString(), null, "was replaced while it was removed");
    }
  }

  static Object key(BasicFileAttributeView view) throws IOException {
    return Objects.requireNonNull(view.readAttributes().fileKey(), "POSIX has file keys");
  }

  private static void remove(SecureDirectoryStream<Path> parent, Path path) throws IOException {
    Path name = path.getFileName();
    try {
      if (isDirectory(parent, name)) {
        removeContent(parent, path);
        parent.deleteDirectory(name);
      } else {
        parent.deleteFile(name);
      }
    } catch (NoSuchFileException e) {
      // It is gone, which was the point.
      return;
    }
  }

  private static boolean isDirectory(SecureDirectoryStream<Path> parent, Path name)
      throws IOException {
    return parent.getFileAttributeView(name, VIEW, NOFOLLOW).readAttributes().isDirectory();
  }

  static void removeContent(SecureDirectoryStream<Path> parent, Path path) throws IOException {
    letOwnerIn(path);
    try (SecureDirectoryStream<Path> directory =
        parent.newDirectoryStream(path.getFileName(), NOFOLLOW)) {
      removeNames(directory, path);
    }
  }

  private static void removeNames(SecureDirectoryStream<Path> directory, Path path)
      throws IOException {
    for (Path name : names(directory)) {
      remove(directory, path.resolve(name));
    }
  }

  private static List<Path> names(DirectoryStream<Path> directory) throws IOException {
    List<Path> names = new ArrayList<>();
    try {
      directory.forEach(path -> names.add(path.getFileName()));
      return names;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** Only a normal user is kept out by modes; what it can change by path is its own. */
  private static void letOwnerIn(Path directory) throws IOException {
    boolean accessible =
        Files.isReadable(directory) && Files.isWritable(directory) && Files.isExecutable(directory);
    if (!accessible) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private static void removeByPath(Path path) throws IOException {
    if (Files.isDirectory(path, NOFOLLOW)) {
      letOwnerIn(path);
      try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
        for (Path child : children) {
          removeByPath(child);
        }
      }
    }
    Files.deleteIfExists(path);
  }
}
