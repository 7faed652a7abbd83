package dev.stretcher.sync.internal.apply;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.sync.internal.directory.Directories;
import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Privilege;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.UUID;

/**
 * A dest that does not exist, and comes from another file system: copied beside it, then renamed.
 *
 * @param staged the tree, which is held
 * @param prefix what the name of the copy begins with before it is renamed
 */
public record RootCopy(PinnedPlace staged, Privilege privilege, String prefix) {
  /** Copies the staged tree, and returns the copy at {@code dest}. */
  public PinnedPlace moveTo(Path dest) throws IOException, InterruptedException {
    Path path = dest.resolveSibling(prefix + UUID.randomUUID());
    Files.createDirectory(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    boolean moved = false;
    PinnedPlace copy = PinnedPlace.hold(path);
    try {
      Path tree = staged.stable();
      // Before: what is moved out of a directory changes its time.
      FileState state = FileState.readThrough(tree);
      new CrossDevice(tree).copyContent(tree, copy.stable());
      new Attributes(privilege).adjust(copy.stable(), state);
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
