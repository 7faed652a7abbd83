package dev.stretcher.internal.stage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Lets this user remove files of its own directory, whose mode may forbid that: a deploy may have
 * given it that mode. Closing brings the mode back.
 */
final class WriteAccess implements Closeable {
  private static final int OWNER_WRITES = 0300;
  private static final String MODE = "unix:mode";

  private final Path directory;
  private final int before;
  private final boolean changed;

  private WriteAccess(Path directory, int before, boolean changed) {
    this.directory = directory;
    this.before = before;
    this.changed = changed;
  }

  /** Makes {@code directory} writable if it is not, as far as this user may change its mode. */
  static WriteAccess to(Path directory) {
    if (!isWritable(directory)) {
      try {
        int mode = (Integer) Files.getAttribute(directory, MODE);
        Files.setAttribute(directory, MODE, mode | OWNER_WRITES);
        return new WriteAccess(directory, mode, true);
      } catch (IOException e) {
        // The directory is gone, or the removal fails and says why.
        return new WriteAccess(directory, 0, false);
      }
    }
    return new WriteAccess(directory, 0, false);
  }

  private static boolean isWritable(Path directory) {
    return Files.isWritable(directory) && Files.isExecutable(directory);
  }

  @Override
  public void close() throws IOException {
    if (changed) {
      Files.setAttribute(directory, MODE, before);
    }
  }
}
