package dev.stretcher.trust;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A path that no one but root and the user of this process can change, or have lead elsewhere.
 *
 * <p>It, each directory above it up to the root, each symbolic link on the way, and all that such a
 * link leads to belong to one of these two by their number; and neither a group nor others may
 * write to any of them. With a POSIX ACL, the permissions of the group are the most that the ACL
 * gives to anyone, so that it is seen too. A sticky directory may be writable, as {@code /tmp} is.
 */
public final class TrustedPath {
  private TrustedPath() {}

  /**
   * Refuses a path that others could change. A path that does not exist is fine if no one else
   * could make it.
   *
   * @throws FileSystemException if it is refused; its reason names the directory or link that is
   *     wrong, unless it is the path itself, and what to do about it
   * @throws IOException if it cannot be looked at
   */
  public static void require(Path path) throws IOException {
    try {
      Walk.to(path);
    } catch (NoSuchFileException e) {
      // Nor can it be there a moment later, but by root or by us.
      return;
    } catch (FileSystemException e) {
      throw Refusal.about(path, e);
    }
  }
}
