package dev.stretcher.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The user that this process runs as. Names do not tell: the JVM's {@code user.name} is {@code ?}
 * without an entry in passwd(5), and anything that {@code JAVA_OPTS} says.
 */
final class OwnUser {
  private static final Path PROCESS = Path.of("/proc/self");

  private OwnUser() {}

  /**
   * Returns its effective user ID.
   *
   * @throws IOException if there is no {@code /proc}, and no temporary file can be made either
   */
  static int uid() throws IOException {
    try {
      return uid(PROCESS);
    } catch (NoSuchFileException e) {
      Path own = Files.createTempFile("stretcher-", ".own");
      try {
        return uid(own);
      } finally {
        Files.delete(own);
      }
    }
  }

  private static int uid(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid");
  }
}
