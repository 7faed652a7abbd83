package dev.stretcher.internal.stage;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Temporary files and directories of processes that died before they could remove them. */
public final class Leftovers {
  private static final int OPEN_TO_OTHERS = 077;

  private Leftovers() {}

  /**
   * Returns the leftovers in {@code directory}, as far as it can be listed. Files of other users
   * are not included, even for root, since their lock may be another than ours; nor are links,
   * which no deploy makes there.
   *
   * @param prefix the beginning of their names
   * @param own a file of this process, which shows the owner of our files
   */
  public static List<Path> in(Path directory, String prefix, Path own) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> names =
        Files.newDirectoryStream(
            directory, path -> path.getFileName().toString().startsWith(prefix))) {
      for (Path path : names) {
        if (isFileOrDirectory(path) && haveOneOwner(path, own)) {
          found.add(path);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // A directory that cannot be listed has no files of ours, or fails later with a better
      // message.
      return found;
    }
    return found;
  }

  private static boolean isFileOrDirectory(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
        || Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean haveOneOwner(Path path, Path other) throws IOException {
    try {
      return owner(path).equals(owner(other));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static Object owner(Path path) throws IOException {
    return Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Removes a leftover, with its content.
   *
   * @throws FileSystemException if it is a directory that is not private, or contains more than a
   *     staged tree: a user who may write in the directory above can give any directory this name
   */
  public static void remove(Path leftover) throws IOException {
    try (PinnedPlace place = PinnedPlace.hold(leftover)) {
      if (place.isDirectory()) {
        requireStaging(place);
      }
      TreeRemover.remove(place);
    }
  }

  private static void requireStaging(PinnedPlace place) throws IOException {
    int mode = (Integer) Files.getAttribute(place.stable(), "unix:mode");
    if ((mode & OPEN_TO_OTHERS) != 0) {
      throw new FileSystemException(
          NativeText.text(place.path()),
          null,
          "it is open to others, which no staging directory is, and was left alone; look at it, and"
              + " remove it");
    }
    for (Path name : TreeRemover.names(place)) {
      if (!name.toString().equals(StagingDirectory.ROOT)) {
        throw new FileSystemException(
            NativeText.text(place.path()),
            null,
            "it has %s in it, which no deploy puts there, and was left alone; look at it, and remove it"
                .formatted(NativeText.text(name)));
      }
    }
  }
}
