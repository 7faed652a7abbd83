package dev.stretcher.internal.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/** The directories above a path: a user who may write in one of them can replace the path. */
final class PathAbove {
  private static final int ROOT = 0;
  private static final int OTHERS_WRITE = 022;
  private static final int STICKY = 01000;

  private PathAbove() {}

  /**
   * Tells whether only root and the owner of {@code path} can rename it or a directory above it. In
   * a sticky directory, such as one for temporary files, only owners rename.
   *
   * @param path an absolute path without links
   */
  static boolean isOnlyOf(Path path) throws IOException {
    int owner = (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    for (Path above = path.getParent(); above != null; above = above.getParent()) {
      Map<String, Object> found =
          Files.readAttributes(above, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
      Object uid = found.get("uid");
      int mode = (Integer) found.getOrDefault("mode", OTHERS_WRITE);
      boolean ours = Integer.valueOf(ROOT).equals(uid) || Integer.valueOf(owner).equals(uid);
      if (!ours || ((mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0)) {
        return false;
      }
    }
    return true;
  }
}
