package dev.stretcher.internal.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The group of this process, which a new file has unless a setgid directory says otherwise. */
final class OwnGroup {
  private static final Path PROCESS = Path.of("/proc/self");
  private static final int PRIVATE = 0700;

  private OwnGroup() {}

  /** Gives a new, private directory this group, and takes its setgid bit away. */
  static void give(Path directory) {
    try {
      Files.setAttribute(directory, "unix:gid", Files.getAttribute(PROCESS, "unix:gid"));
      Files.setAttribute(directory, "unix:mode", PRIVATE);
    } catch (IOException e) {
      // Some file systems have one group for all files.
      return;
    }
  }
}
