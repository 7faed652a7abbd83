package dev.stretcher.internal.hook;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory that commands run in.
 *
 * @param path absolute
 */
record WorkingDirectory(Path path) {
  /** Returns the working directory of this process. */
  static WorkingDirectory ofThisProcess() {
    return new WorkingDirectory(Path.of("").toAbsolutePath());
  }

  /**
   * Returns the root directory instead if this directory is missing or may not be entered: a deploy
   * may replace the very directory that the agent was started in.
   */
  Path usable() {
    return Files.isDirectory(path) && Files.isExecutable(path) ? path : Path.of("/");
  }
}
