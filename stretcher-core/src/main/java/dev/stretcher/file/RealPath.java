package dev.stretcher.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a path leads to. */
public final class RealPath {
  private RealPath() {}

  /**
   * Returns a path without symbolic links, as far as it exists.
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
}
