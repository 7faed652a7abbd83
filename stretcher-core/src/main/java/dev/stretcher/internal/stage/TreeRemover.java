package dev.stretcher.internal.stage;

import dev.stretcher.file.PinnedPlace;
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

/**
 * Removes a private tree, even if its directories are not writable. Follows no link, not even a
 * link that takes the place of a directory meanwhile: a process that had opened a directory before
 * it came here can still change its content. Never enters another file system.
 */
final class TreeRemover {
  private static final LinkOption NOFOLLOW = LinkOption.NOFOLLOW_LINKS;
  private static final Class<BasicFileAttributeView> VIEW = BasicFileAttributeView.class;

  private TreeRemover() {}

  /**
   * Removes the file or tree at {@code path}, if there is one. The directory above need not be
   * listable, as a directory for temporary files may not be.
   *
   * @throws FileSystemException if something is mounted in it; nothing is removed then
   */
  static void remove(Path path) throws IOException {
    try (PinnedPlace place = PinnedPlace.hold(path)) {
      remove(place);
    }
  }

  /** Removes the file or tree that was found, unless something else is there by now. */
  static void remove(PinnedPlace place) throws IOException {
    if (place.isDirectory()) {
      removeContent(place);
      place.requireSame();
    }
    Files.deleteIfExists(place.path());
  }

  /** Removes the content of a directory, if it is still the directory that was found. */
  static void removeContent(PinnedPlace place) throws IOException {
    place.requireSame();
    // A command may have mounted something there, a system directory for a chroot for example.
    place.requireNothingMounted("it is a mount point, whose content is not removed; unmount it");
    letOwnerIn(place.stable());
    try (DirectoryStream<Path> stream = place.open()) {
      if (stream instanceof SecureDirectoryStream<Path> secure) {
        removeNames(secure, place.stable());
      } else {
        removeByPath(place.path());
      }
    }
  }

  /** Returns the names in a directory. */
  static List<Path> names(PinnedPlace place) throws IOException {
    try (DirectoryStream<Path> stream = place.open()) {
      return names(stream);
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
      // It is gone already.
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

  /** Modes keep out only a normal user, who can change by path only files of its own. */
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
