package dev.stretcher.sync.internal.release;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.sync.internal.directory.FileState;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes what is missing of a dest with its directories. */
final class NewContainer {
  private static final int OWNER_ALL = 0700;
  private static final int PERMISSIONS = 0777;

  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private NewContainer() {}

  /**
   * Opens a dest, which is made if it is missing.
   *
   * @param root the root of a staged tree, which has the mode and the owner that dest gets
   */
  static Container open(PinnedPlace place, FileState root) throws IOException {
    if (!place.isDirectory()) {
      make(place.path(), root);
    }
    try (Container found = Container.open(place).orElseThrow()) {
      Path dest = found.dest().stable();
      FileState state = FileState.readThrough(dest);
      make(dest.resolve(Container.RELEASES), state);
      make(dest.resolve(Container.SHARED), state);
      makePrivate(dest.resolve(Container.STATE));
    }
    return Container.open(place).orElseThrow();
  }

  /** Makes a directory that its owner can use and others as far as they can use the like. */
  private static void make(Path directory, FileState like) throws IOException {
    if (makePrivate(directory)) {
      SharedDirectory.finish(directory, like, like.mode() & PERMISSIONS | OWNER_ALL);
    }
  }

  private static boolean makePrivate(Path directory) throws IOException {
    if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try {
      Files.createDirectory(directory, PRIVATE);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }
}
