package dev.stretcher.internal.stage;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Temporary files and directories whose owner died before it could remove them. */
public final class Leftovers {
  private Leftovers() {}

  /** Returns those in {@code directory}, as far as it can be listed. */
  public static List<Path> in(Path directory, String prefix) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> names =
        Files.newDirectoryStream(
            directory, path -> path.getFileName().toString().startsWith(prefix))) {
      names.forEach(found::add);
    } catch (IOException | DirectoryIteratorException e) {
      // What cannot be listed has none of ours, or fails later with a better message.
      return found;
    }
    return found;
  }

  /** Removes one, and what is in it. */
  public static void remove(Path leftover) throws IOException {
    TreeRemover.remove(leftover);
  }
}
