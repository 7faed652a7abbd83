package dev.stretcher.internal.stage;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.file.Provisional;
import dev.stretcher.file.ReservedNames;
import dev.stretcher.text.NativeText;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * A private directory that an archive is unpacked into. Closing it removes the rest of the
 * directory, and nothing that someone else put in its place.
 *
 * <p>The tree itself is one level deeper, so that the directory above stays private whatever mode
 * the tree's root gets. Both are held open from the moment that they are made. Used by one thread
 * at a time.
 */
public final class StagingDirectory implements Closeable {
  static final String ROOT = "root";

  /**
   * The beginning of the names of directories that people must look at, which no deploy removes as
   * leftovers.
   */
  private static final String KEPT = ReservedNames.PREFIX + "kept-";

  private final PinnedPlace directory;
  private final boolean inDest;
  private PinnedPlace root;
  private boolean closed;

  private StagingDirectory(PinnedPlace directory, PinnedPlace root, boolean inDest) {
    this.directory = directory;
    this.root = root;
    this.inDest = inDest;
  }

  /**
   * Creates an empty staging directory in {@code parent}.
   *
   * @param prefix the beginning of its name
   */
  public static StagingDirectory in(Path parent, String prefix) throws IOException {
    return make(parent, prefix, false);
  }

  /**
   * Creates an empty staging directory in a dest, whose modification time stays as it is, now and
   * when this directory is closed.
   *
   * @param prefix the beginning of its name
   */
  static StagingDirectory inDest(Path dest, String prefix) throws IOException {
    FileTime time = Files.getLastModifiedTime(dest);
    try (Provisional<StagingDirectory> made = Provisional.of(make(dest, prefix, true))) {
      setTime(dest, time);
      return made.keep();
    }
  }

  private static StagingDirectory make(Path parent, String prefix, boolean inDest)
      throws IOException {
    Path path = Files.createTempDirectory(parent, prefix);
    try (Provisional<Made> made = Provisional.of(new Made(PinnedPlace.hold(path)))) {
      if (inDest) {
        // What is deployed must not depend on where it was staged.
        OwnGroup.give(made.get().directory().stable());
      }
      PinnedPlace root = makeRoot(made.get().directory());
      return new StagingDirectory(made.keep().directory(), root, inDest);
    }
  }

  /** A new directory, which closing removes again. */
  private record Made(PinnedPlace directory) implements Closeable {
    @Override
    public void close() throws IOException {
      try (directory) {
        TreeRemover.remove(directory);
      }
    }
  }

  private static PinnedPlace makeRoot(PinnedPlace directory) throws IOException {
    Files.createDirectory(directory.stable().resolve(ROOT));
    return PinnedPlace.hold(directory.path().resolve(ROOT));
  }

  /** Returns where the root of the tree is. The path never changes, so any thread may ask. */
  Path path() {
    return directory.path().resolve(ROOT);
  }

  /** Returns the root of the tree, which is held until this directory is closed. */
  public PinnedPlace root() {
    return root;
  }

  /**
   * Returns the path to unpack into: the name of the root if nobody else can change where that
   * leads to, else the path of its descriptor, which costs 2 µs more for each call.
   */
  public Path contents() throws IOException {
    Path real = directory.stable().toRealPath();
    return PathAbove.isOnlyOf(real) ? real.resolve(ROOT) : root.stable();
  }

  /** Makes the tree empty again. */
  public void clear() throws IOException {
    root.requireSame();
    root.close();
    TreeRemover.remove(directory.stable().resolve(ROOT));
    root = makeRoot(directory);
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    if (inDest) {
      WriteAccess access = WriteAccess.to(parent());
      try (access) {
        remove();
      }
    } else {
      remove();
    }
  }

  private Path parent() {
    return Objects.requireNonNull(directory.path().getParent(), "it lies in a directory");
  }

  private void remove() throws IOException {
    try (PinnedPlace tree = root;
        directory) {
      List<String> strange = removeOwn(tree);
      if (!directory.isAt(directory.path())) {
        requireGone();
      } else if (strange.isEmpty()) {
        removeEmpty();
      } else {
        keep(strange);
      }
    }
  }

  private void removeEmpty() throws IOException {
    FileTime time = Files.getLastModifiedTime(parent());
    Files.deleteIfExists(directory.path());
    if (inDest) {
      setTime(parent(), time);
    }
  }

  /** Only the owner of a directory, and root, may set its time; a sync cannot either, then. */
  private static void setTime(Path directory, FileTime time) {
    try {
      Files.setLastModifiedTime(directory, time);
    } catch (IOException e) {
      return;
    }
  }

  /**
   * Removes links, and the tree, whatever its name in here is; returns the names of all other
   * files.
   */
  private List<String> removeOwn(PinnedPlace tree) throws IOException {
    List<String> strange = new ArrayList<>();
    for (Path name : TreeRemover.names(directory)) {
      Path path = directory.stable().resolve(name);
      if (Files.isSymbolicLink(path)) {
        Files.deleteIfExists(path);
      } else if (tree.isAt(path)) {
        TreeRemover.remove(path);
      } else {
        strange.add(NativeText.text(name));
      }
    }
    return strange;
  }

  private void requireGone() throws FileSystemException {
    if (Files.exists(directory.path(), LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(
          NativeText.text(directory.path()),
          null,
          "it is not the staging directory that this deploy made, and was left alone; find out who"
              + " put it there, and remove it if it is nobody's");
    }
  }

  private void keep(List<String> strange) throws IOException {
    Path kept = directory.path().resolveSibling(KEPT + UUID.randomUUID());
    Files.move(directory.path(), kept);
    throw new FileSystemException(
        NativeText.text(kept),
        null,
        "this deploy did not make what is in it (%s), and kept it; look at it, and remove it"
            .formatted(String.join(", ", strange)));
  }
}
