package dev.stretcher.sync.internal.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether this process may do to files what root may. */
enum Privilege {
  ROOT,
  NORMAL;

  /** Finds out by the owner of what the kernel shows of this process. */
  static Privilege ofThisProcess() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0) ? ROOT : NORMAL;
    } catch (IOException | UnsupportedOperationException e) {
      return System.getProperty("user.name").equals("root") ? ROOT : NORMAL;
    }
  }
}
