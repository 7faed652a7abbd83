package dev.stretcher.sync.internal.release;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.manifest.ReleaseRules.Shared;
import dev.stretcher.sync.internal.directory.Directories;
import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Privilege;
import dev.stretcher.sync.internal.directory.Relative;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What all releases of a dest share. Nothing is ever removed there, and no link is followed. */
record SharedDirectory(Container container) {
  static final int MODE = 0755;

  /**
   * Makes sure that a name is there; a directory is made.
   *
   * @param like the directory that the archive has under that name
   */
  void require(Shared name, Optional<FileState> like) throws IOException, InterruptedException {
    SharedPlace place =
        new SharedPlace(Optional.of(container.requireShared()), container.named(Container.SHARED));
    FileState owner = FileState.readThrough(container.dest().stable());
    for (Path part : place.missing(name)) {
      make(part, part.equals(name.path()) ? like : Optional.empty(), owner);
    }
  }

  private void make(Path part, Optional<FileState> like, FileState owner)
      throws IOException, InterruptedException {
    Directories directories = new Directories(container.requireShared());
    directories.in(
        Relative.parent(part),
        parent -> {
          Path made = Files.createDirectory(parent.path().resolve(part.getFileName()));
          finish(made, like.orElse(owner), like.map(FileState::mode).orElse(MODE));
        });
  }

  /**
   * Gives a directory that was just made an owner, as far as this user may, and a mode.
   *
   * @throws FileSystemException if another user has put something else there meanwhile
   */
  static void finish(Path made, FileState like, int mode) throws IOException {
    try (PinnedPlace place = PinnedPlace.hold(made)) {
      requireNew(made, place);
      Path path = place.stable();
      FileState now = FileState.readThrough(path);
      if (now.uid() != like.uid() && Privilege.ofThisProcess() == Privilege.ROOT) {
        Files.setAttribute(path, "unix:uid", like.uid());
      }
      if (now.gid() != like.gid()) {
        setGroup(path, like.gid());
      }
      Files.setAttribute(path, "unix:mode", mode);
    }
  }

  /** What has contents, and what this user has not made, must not be given to anybody. */
  private static void requireNew(Path made, PinnedPlace place) throws IOException {
    if (place.isDirectory()) {
      try (DirectoryStream<Path> names = place.open()) {
        if (!names.iterator().hasNext()) {
          return;
        }
      }
    }
    throw new FileSystemException(
        Printable.of(made),
        null,
        "it was replaced while it was made; find out who may write there, and deploy again");
  }

  /** A normal user may give a directory to their own groups only. */
  private static void setGroup(Path path, int gid) throws IOException {
    try {
      Files.setAttribute(path, "unix:gid", gid);
    } catch (FileSystemException e) {
      if (Privilege.ofThisProcess() == Privilege.ROOT) {
        throw e;
      }
    }
  }
}
