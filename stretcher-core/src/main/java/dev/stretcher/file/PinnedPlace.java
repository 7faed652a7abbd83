package dev.stretcher.file;

import dev.stretcher.text.NativeText;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was at a path at one moment: a directory, known by its device and inode; something else,
 * such as a link; or nothing.
 *
 * <p>A place that is held keeps the directory open: no other file gets its inode meanwhile, and
 * {@link #stable} leads to the directory whatever happens to its name. If the platform has no
 * descriptors in {@code /proc}, or this user may not open the directory, only the inode identifies
 * it, and is compared each time that the directory is opened.
 *
 * <p>Immutable and thread-safe. Closing releases a held directory; it deletes nothing, and is
 * idempotent.
 */
public final class PinnedPlace implements Closeable {
  private static final LinkOption NOFOLLOW = LinkOption.NOFOLLOW_LINKS;
  private static final Path HERE = Path.of(".");

  /** The JDK opens a directory once, and duplicates the descriptor to list it. */
  private static final int OF_ONE_STREAM = 2;

  /**
   * Another thread may open and close the same directory at the same time, and a path through its
   * descriptor would lead elsewhere afterwards.
   */
  private static final int MOST_TRIES = 10;

  private final Path path;
  private final Optional<Found> found;
  private final Optional<Handle> handle;
  private final boolean owned;

  private PinnedPlace(Path path, Optional<Found> found, Optional<Handle> handle, boolean owned) {
    this.path = path;
    this.found = found;
    this.handle = handle;
    this.owned = owned;
  }

  /** Something that has a name, known by its device and inode. */
  private record Found(@Nullable Object key, boolean directory) {
    // Written out: the first use of those that a record has by itself takes a JVM some 15 ms.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Found found
          && directory == found.directory
          && Objects.equals(key, found.key);
    }

    @Override
    public int hashCode() {
      return Objects.hashCode(key);
    }

    static Found of(BasicFileAttributes attributes) {
      return new Found(attributes.fileKey(), attributes.isDirectory());
    }
  }

  /**
   * A directory that is open.
   *
   * @param descriptor its path in {@code /proc}, if the system shows it
   */
  private record Handle(SecureDirectoryStream<Path> stream, Optional<Path> descriptor) {}

  /** Notes what is at {@code path}, and keeps nothing open. */
  public static PinnedPlace look(Path path) {
    Path absolute = path.toAbsolutePath();
    return new PinnedPlace(absolute, foundAt(absolute), Optional.empty(), false);
  }

  /**
   * Holds the directory at {@code path}, if there is one.
   *
   * @throws IOException if the directory cannot be opened, or is replaced at this moment
   */
  public static PinnedPlace hold(Path path) throws IOException {
    return look(path).hold();
  }

  /**
   * Holds this place, if it is a directory.
   *
   * @return a place to be closed by the caller
   * @throws FileSystemException if something else is at its path now
   */
  public PinnedPlace hold() throws IOException {
    requireSame();
    if (!isDirectory() || handle.isPresent()) {
      return new PinnedPlace(path, found, handle, false);
    }
    try {
      return new PinnedPlace(path, found, opened(), true);
    } catch (AccessDeniedException e) {
      // This user may not open the directory now, but may change its mode and open it later.
      return new PinnedPlace(path, found, Optional.empty(), false);
    }
  }

  private Optional<Handle> opened() throws IOException {
    for (int tries = 1; true; tries++) {
      try (Descriptors.Snapshot before = Descriptors.Snapshot.take()) {
        DirectoryStream<Path> stream = open();
        if (!(stream instanceof SecureDirectoryStream<Path> secure)) {
          stream.close();
          return Optional.empty();
        }
        try (Provisional<SecureDirectoryStream<Path>> directory = Provisional.of(secure)) {
          List<Path> own = before.added(found.map(Found::key).orElse(null));
          boolean isClear = !own.isEmpty() && own.size() <= OF_ONE_STREAM;
          if (isClear || before.isEmpty() || tries == MOST_TRIES) {
            return Optional.of(new Handle(directory.keep(), descriptor(own)));
          }
        }
      }
    }
  }

  private static Optional<Path> descriptor(List<Path> own) {
    // The dot makes the entry, a link, stand for the directory also where links are not followed.
    return own.isEmpty() ? Optional.empty() : Optional.of(own.get(0).resolve(HERE));
  }

  /** Returns the path of the place: absolute, for messages. */
  public Path path() {
    return path;
  }

  /** Tells whether a directory was at the path. */
  public boolean isDirectory() {
    return found.filter(Found::directory).isPresent();
  }

  /**
   * Returns a path that leads to the directory, also for child processes, as long as this place is
   * held; {@link #path} if the system offers no such path.
   */
  public Path stable() {
    return handle.flatMap(Handle::descriptor).orElse(path);
  }

  /**
   * Opens the directory once more.
   *
   * @throws FileSystemException if this place is not held, and the path leads elsewhere by now
   */
  @SuppressWarnings("StreamResourceLeak") // it is returned
  public DirectoryStream<Path> open() throws IOException {
    if (handle.isPresent()) {
      return handle.get().stream().newDirectoryStream(HERE, NOFOLLOW);
    }
    try (Provisional<DirectoryStream<Path>> stream =
        Provisional.of(Files.newDirectoryStream(path))) {
      // The stream has followed a link if what it lists is not what the name stood for.
      if (!found.equals(foundIn(stream.get()))) {
        throw replaced(path);
      }
      return stream.keep();
    }
  }

  private Optional<Found> foundIn(DirectoryStream<Path> stream) throws IOException {
    return stream instanceof SecureDirectoryStream<Path> secure
        ? Optional.of(
            Found.of(secure.getFileAttributeView(BasicFileAttributeView.class).readAttributes()))
        : foundAt(path);
  }

  /**
   * Refuses to go on if the path has changed: if a link, another directory or nothing is there now.
   *
   * @throws FileSystemException if so; its message says what is there
   */
  public void requireSame() throws FileSystemException {
    if (!isAt(path)) {
      throw replaced(path);
    }
  }

  /** Tells whether the same file is at {@code other}, or nothing if nothing was at this path. */
  public boolean isAt(Path other) {
    return found.equals(foundAt(other));
  }

  /**
   * Returns this directory at the path to which it was renamed; the new place is not held.
   *
   * @throws FileSystemException if another directory is there
   */
  public PinnedPlace at(Path other) throws FileSystemException {
    if (!isAt(other)) {
      throw replaced(other);
    }
    return new PinnedPlace(other.toAbsolutePath(), found, Optional.empty(), false);
  }

  /**
   * Renames the directory, as rename(2) does, and makes sure that this very directory was renamed:
   * anything else that came to {@code target} is renamed back.
   *
   * @return this directory at its new path, not held
   * @throws java.nio.file.AtomicMoveNotSupportedException if {@code target} is on another file
   *     system
   */
  public PinnedPlace moveTo(Path target) throws IOException {
    requireSame();
    // From the directory that it lies in, also if that one was given another name.
    Path source = stable().resolve("..").resolve(Objects.requireNonNull(path.getFileName()));
    Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
    try {
      return at(target);
    } catch (FileSystemException e) {
      if (Files.exists(target, NOFOLLOW)) {
        Files.move(target, source, StandardCopyOption.ATOMIC_MOVE);
      }
      throw e;
    }
  }

  /**
   * Returns the mount points at and below the directory, relative to it, where another file system
   * or another directory is mounted. Empty if the system does not tell.
   */
  public List<Path> mountPoints() throws IOException {
    return MountPoints.in(stable().toRealPath());
  }

  /**
   * Refuses to go on if something is mounted at or below the directory.
   *
   * @param why why that is wrong, and the remedy; it follows the mount point and a colon
   * @throws FileSystemException if so; its message names the mount point
   */
  public void requireNothingMounted(String why) throws IOException {
    List<Path> mounted = mountPoints();
    if (!mounted.isEmpty()) {
      throw new FileSystemException(
          NativeText.text(Descriptors.named(path.resolve(mounted.get(0)).normalize())), null, why);
    }
  }

  private FileSystemException replaced(Path where) {
    return new FileSystemException(
        NativeText.text(where),
        null,
        "it was replaced: %s, but %s; find the command or the user that did it, and deploy again"
            .formatted(
                found.isEmpty()
                    ? "there was nothing when this deploy looked"
                    : "it is no longer what this deploy found or made",
                what(where)));
  }

  private String what(Path where) {
    if (Files.isSymbolicLink(where)) {
      return "a symbolic link";
    }
    if (!Files.exists(where, NOFOLLOW)) {
      return "gone";
    }
    if (!Files.isDirectory(where, NOFOLLOW)) {
      return "no directory";
    }
    return found.isEmpty() ? "now there is a directory" : "another directory";
  }

  private static Optional<Found> foundAt(Path path) {
    try {
      return Optional.of(Found.of(Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW)));
    } catch (IOException e) {
      // Nothing that can be looked at is nothing that can be worked with.
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    if (owned && handle.isPresent()) {
      handle.get().stream().close();
    }
  }
}
