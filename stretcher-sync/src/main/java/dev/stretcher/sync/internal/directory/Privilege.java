package dev.stretcher.sync.internal.directory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Whether this process may do to files what root may. */
public enum Privilege {
  ROOT,
  NORMAL;

  private static final Path STATUS = Path.of("/proc/self/status");

  /**
   * Finds out by the effective user ID, as <a
   * href="https://man7.org/linux/man-pages/man5/proc_pid_status.5.html">proc_pid_status(5)</a>
   * shows it; without that by the user's name.
   */
  public static Privilege ofThisProcess() {
    try (Stream<String> lines = Files.lines(STATUS, StandardCharsets.ISO_8859_1)) {
      boolean root = lines.anyMatch(line -> line.matches("Uid:\\s+\\d+\\s+0\\s.*"));
      return root ? ROOT : NORMAL;
    } catch (IOException e) {
      return System.getProperty("user.name").equals("root") ? ROOT : NORMAL;
    }
  }
}
