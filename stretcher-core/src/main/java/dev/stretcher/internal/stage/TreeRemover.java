package dev.stretcher.internal.stage;

import dev.stretcher.file.PinnedPlace;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.List;

/**
 * Removes a private tree, even if its directories are not writable. Follows no link, not even a
 * link that takes the place of a directory meanwhile: a process that had opened a directory before
 * it came here can still change its content. Never enters another file system.
 */
final class TreeRemover {
  private static final LinkOption NOFOLLOW = LinkOption.NOFOLLOW_LINKS;

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
    TreeDescent.letOwnerIn(place.stable());
    try (DirectoryStream<Path> stream = place.open()) {
      if (stream instanceof SecureDirectoryStream<Path> secure) {
        try (TreeDescent descent = new TreeDescent(secure, place.stable())) {
          descent.removeContent();
        }
      } else {
        removeByPath(place.path());
      }
    }
  }

  /** Returns the names in a directory. */
  static List<Path> names(PinnedPlace place) throws IOException {
    try (DirectoryStream<Path> stream = place.open()) {
      return TreeDescent.names(stream);
    }
  }

  private static void removeByPath(Path path) throws IOException {
    if (Files.isDirectory(path, NOFOLLOW)) {
      TreeDescent.letOwnerIn(path);
      try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
        for (Path child : children) {
          removeByPath(child);
        }
      }
    }
    Files.deleteIfExists(path);
  }
}
