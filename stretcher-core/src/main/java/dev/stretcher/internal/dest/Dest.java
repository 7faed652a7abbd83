package dev.stretcher.internal.dest;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.file.Provisional;
import dev.stretcher.internal.engine.Reason;
import dev.stretcher.report.StretcherException.Failure;
import dev.stretcher.report.StretcherException.SyncFailed;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The place that a manifest's dest names right now: a symbolic link to a directory is followed, as
 * rsync follows it. Files beside the place are found again, even if a link comes to lead elsewhere.
 *
 * @param path an absolute path, not the root directory
 */
public record Dest(Path path) {
  private static final Path ITSELF = Path.of("");

  public static Dest of(Path named) {
    try {
      return new Dest(Files.isDirectory(named) ? named.toRealPath() : besideRealNames(named));
    } catch (IOException e) {
      return new Dest(named);
    }
  }

  /**
   * Holds the directory that is there, or notes that there is none. From now on, this directory is
   * the one that is examined and synced.
   */
  public PinnedPlace hold() throws SyncFailed {
    try (Provisional<PinnedPlace> place = Provisional.of(PinnedPlace.hold(path))) {
      requireSamePath(place.get());
      return place.keep();
    } catch (IOException e) {
      throw new SyncFailed(
          path,
          Failure.of(
              "cannot open dest %s: %s".formatted(NativeText.text(path), Reason.withFile(e)), e));
    }
  }

  /** A directory above may have become a link since the path was found. */
  private void requireSamePath(PinnedPlace place) throws IOException {
    if (place.isDirectory() && !place.stable().toRealPath().equals(path)) {
      throw new FileSystemException(
          path.toString(), null, "a directory above it was replaced just now; find out by whom");
    }
  }

  private static Path besideRealNames(Path named) throws IOException {
    Path parent = new Dest(named).parent();
    return Files.isDirectory(parent) ? parent.toRealPath().resolve(named.getFileName()) : named;
  }

  public Path parent() {
    return Objects.requireNonNull(path.getParent(), "dest is not the root directory");
  }

  /** Refuses a place that no syncer can work with. */
  public void require() throws SyncFailed {
    Optional<Failure> obstacle = obstacle();
    if (obstacle.isPresent()) {
      throw new SyncFailed(path, obstacle.get());
    }
  }

  /** Returns why no syncer can work here. */
  public Optional<Failure> obstacle() {
    if (!Files.isDirectory(parent())) {
      return Optional.of(
          Failure.of("the parent of dest %s is not a directory".formatted(NativeText.text(path)))
              .withRemedy("create it, for example with mkdir -p in a pre command"));
    }
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(path)) {
      return Optional.of(
          Failure.of("dest %s is not a directory".formatted(NativeText.text(path)))
              .withRemedy("move it away"));
    }
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isWritable(parent())) {
      return Optional.of(unwritable());
    }
    return Optional.empty();
  }

  private Failure unwritable() {
    String what = "dest %s cannot be made, since ".formatted(NativeText.text(path));
    String parent = NativeText.text(parent());
    return isOnReadOnlyDisk()
        ? Failure.of(what + "the file system of " + parent + " is mounted read-only")
            .withRemedy("mount it so that it can be written to, or choose another dest")
        : Failure.of(what + "the user of this process may not write to " + parent)
            .withRemedy("let that user, or make dest for them");
  }

  private boolean isOnReadOnlyDisk() {
    try {
      return Files.getFileStore(parent()).isReadOnly();
    } catch (IOException e) {
      // It is not known.
      return false;
    }
  }

  /** Tells whether dest is a directory that has something in it, as far as it can be read. */
  public boolean hasFiles() {
    try (DirectoryStream<Path> names = Files.newDirectoryStream(path)) {
      return names.iterator().hasNext();
    } catch (IOException | DirectoryIteratorException e) {
      return false;
    }
  }

  /**
   * Tells whether dest is a directory into which nothing can be renamed from beside it: another
   * file system is mounted there, or the same one once more.
   */
  public boolean isMountPoint() {
    try {
      return Files.isDirectory(path)
          && (!device(path).equals(device(parent()))
              || PinnedPlace.look(path).mountPoints().contains(ITSELF));
    } catch (IOException | UnsupportedOperationException e) {
      // What cannot be looked at is staged beside, as if it were none.
      return false;
    }
  }

  private static Object device(Path path) throws IOException {
    return Files.getAttribute(path, "unix:dev");
  }

  /** Tells whether dest exists, and this user cannot create names directly in it. */
  public boolean isReadOnly() {
    return Files.exists(path) && !Files.isWritable(path);
  }
}
