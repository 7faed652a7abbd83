package dev.stretcher.sync.internal.release;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.sync.internal.apply.RootCopy;
import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Privilege;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The root of a staged tree, on its way to its name. */
final class StagedRoot {
  private static final int OWNER_WRITE = 0200;

  private StagedRoot() {}

  /**
   * Gives a tree its name, by a rename if it is staged on the file system of dest.
   *
   * @return whether it was copied instead
   */
  static boolean moveTo(PinnedPlace staged, Path name) throws IOException, InterruptedException {
    try {
      rename(staged, name);
      return false;
    } catch (AtomicMoveNotSupportedException e) {
      new RootCopy(staged, Privilege.ofThisProcess(), Litter.ASIDE).moveTo(name);
      return true;
    }
  }

  /** A directory that moves to another parent gets another {@code ..}, so it must be writable. */
  private static void rename(PinnedPlace staged, Path name) throws IOException {
    Path root = staged.stable();
    if (Files.isWritable(root)) {
      staged.moveTo(name);
      return;
    }
    int mode = FileState.readThrough(root).mode();
    Files.setAttribute(root, "unix:mode", mode | OWNER_WRITE);
    try (PinnedPlace renamed = staged.moveTo(name).hold()) {
      Files.setAttribute(renamed.stable(), "unix:mode", mode);
    }
  }
}
