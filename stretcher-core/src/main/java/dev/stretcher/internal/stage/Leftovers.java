package dev.stretcher.internal.stage;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Temporary files and directories whose process died before it could remove them. */
public final class Leftovers {
  private Leftovers() {}

  /**
   * Returns those in {@code directory}, as far as it can be listed. What belongs to others is none
   * of ours, also for root: their lock may be another one than ours.
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
        if (haveOneOwner(path, own)) {
          found.add(path);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // What cannot be listed has none of ours, or fails later with a better message.
      return found;
    }
    return found;
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

  /** Removes one, and what is in it. */
  public static void remove(Path leftover) throws IOException {
    TreeRemover.remove(leftover);
  }
}
