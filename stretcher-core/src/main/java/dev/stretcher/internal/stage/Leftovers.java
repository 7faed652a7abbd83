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

/** Temporary files and directories whose process died before it could remove them. */
public final class Leftovers {
  private static final int OPEN_TO_OTHERS = 077;

  private Leftovers() {}

  /**
   * Returns those in {@code directory}, as far as it can be listed. What belongs to others is none
   * of ours, also for root: their lock may be another one than ours. Neither is a link: no deploy
   * makes one there.
   *
   * @param prefix what their names begin with
   * @param own a file of this process, which tells whose files are ours
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
      // What cannot be listed has none of ours, or fails later with a better message.
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
   * Removes one, and what is in it.
   *
   * @throws FileSystemException if it is a directory that is not private, or has more than a staged
   *     tree in it: who may write in the directory above can give any directory this name
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
