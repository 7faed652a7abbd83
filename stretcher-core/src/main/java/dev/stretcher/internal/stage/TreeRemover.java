package dev.stretcher.internal.stage;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Removes a private tree, also one whose directories are not writable. No link is followed, also
 * not one that takes the place of a directory meanwhile: who had a directory open before it came
 * here can still change what is in it.
 */
final class TreeRemover {
  private TreeRemover() {}

  /** Removes what is at {@code path}; nothing is fine. */
  static void remove(Path path) throws IOException {
    Path absolute = path.toAbsolutePath();
    Path parent = Objects.requireNonNull(absolute.getParent(), "not the root directory");
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(parent)) {
      if (stream instanceof SecureDirectoryStream<Path> secure) {
        remove(secure, absolute);
      } else {
        removeByPath(absolute);
      }
    }
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
    return parent
        .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes()
        .isDirectory();
  }

  private static void removeContent(SecureDirectoryStream<Path> parent, Path path)
      throws IOException {
    letOwnerIn(path);
    try (SecureDirectoryStream<Path> directory =
        parent.newDirectoryStream(path.getFileName(), LinkOption.NOFOLLOW_LINKS)) {
      for (Path name : names(directory)) {
        remove(directory, path.resolve(name));
      }
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
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
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
