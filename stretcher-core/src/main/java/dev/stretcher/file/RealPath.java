package dev.stretcher.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a path leads to. */
public final class RealPath {
  private static final int ATTEMPTS = 3;

  private RealPath() {}

  /**
   * Returns a path with its symbolic links replaced, as far as it exists.
   *
   * @param path an absolute path
   */
  public static Path of(Path path) {
    for (Path above = path; above != null; above = above.getParent()) {
      if (Files.exists(above)) {
        try {
          return above.toRealPath().resolve(above.relativize(path)).normalize();
        } catch (IOException e) {
          return path;
        }
      }
    }
    return path;
  }

  /**
   * Tells whether the text of a path's real path leads to the same file as the path. A path through
   * {@code /proc/PID/root} may lead into the mount namespace or chroot of that process, which the
   * text of its real path does not show.
   *
   * @param path an absolute path
   */
  public static boolean isTrueOf(Path path) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      // Between two looks a link may be made to lead elsewhere.
      if (leadsToItsText(path)) {
        return true;
      }
    }
    return false;
  }

  private static boolean leadsToItsText(Path path) {
    Path above = path;
    while (!Files.exists(above) && above.getParent() != null) {
      above = above.getParent();
    }
    try {
      return Objects.equals(key(above), key(above.toRealPath()));
    } catch (IOException e) {
      // What it says is not there, or it is gone again.
      return !Files.exists(above);
    }
  }

  private static @Nullable Object key(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }
}
