package dev.stretcher.sync.internal.apply;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.file.ReservedNames;
import dev.stretcher.sync.internal.directory.Directories;
import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.plan.TreeContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.UUID;

/**
 * A dest that does not exist, and comes from another file system: copied beside it, then renamed.
 */
final class RootCopy {
  private final TreeContext context;

  RootCopy(TreeContext context) {
    this.context = context;
  }

  /** Copies the staged tree, and returns the copy at {@code dest}. */
  PinnedPlace moveTo(Path dest) throws IOException, InterruptedException {
    Path path = dest.resolveSibling(ReservedNames.PREFIX + UUID.randomUUID());
    Files.createDirectory(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    boolean moved = false;
    PinnedPlace copy = PinnedPlace.hold(path);
    try {
      Path staged = context.staged().stable();
      // Before: what is moved out of a directory changes its time.
      FileState state = FileState.readThrough(staged);
      new CrossDevice(staged).copyContent(staged, copy.stable());
      new Attributes(context.privilege()).adjust(copy.stable(), state);
      PinnedPlace place = copy.moveTo(dest);
      moved = true;
      return place;
    } finally {
      if (!moved) {
        remove(copy);
      }
      copy.close();
    }
  }

  /** Removes what was copied, and its directory if that still has the name that it was given. */
  private static void remove(PinnedPlace copy) throws IOException, InterruptedException {
    new Removal(new Directories(copy), Optional.empty()).removeContent();
    if (copy.isAt(copy.path())) {
      Files.deleteIfExists(copy.path());
    }
  }
}
