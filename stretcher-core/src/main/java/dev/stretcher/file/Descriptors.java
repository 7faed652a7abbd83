package dev.stretcher.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The open files of this process, as <a
 * href="https://man7.org/linux/man-pages/man5/proc_pid_fd.5.html">proc_pid_fd(5)</a> shows them.
 *
 * <p>The JDK offers no call relative to an open directory that sets a setgid bit, or on Java 17 a
 * time to the nanosecond. A path through such an entry leads to the open file itself, and nobody
 * can put a link in its place. See {@code docs/adr/0010-attributes-through-descriptors.md}.
 *
 * <p>Stateless and thread-safe.
 */
public final class Descriptors {
  private static final Path PROC = Path.of("/proc");
  private static final Path SELF = PROC.resolve("self");
  private static final String ALL = "fd";

  /** The names in the path of a descriptor: proc, the process, fd, the number. */
  private static final int NAMES = 4;

  private Descriptors() {}

  /** Tells whether this system shows the descriptors of this process. */
  public static boolean areShown() {
    return Files.isSymbolicLink(SELF);
  }

  /**
   * Returns the path of a descriptor of an open file, which is the same for child processes.
   *
   * @param fileKey the {@link BasicFileAttributes#fileKey} of the file, which the caller keeps open
   * @return empty if the file is not open, or this system does not show it
   */
  public static Optional<Path> pathOf(@Nullable Object fileKey) throws IOException {
    List<Path> paths = pathsOf(fileKey, Set.of(), 1);
    return paths.isEmpty() ? Optional.empty() : Optional.of(paths.get(0));
  }

  /**
   * The descriptors of this process at one moment. Until it is closed, it keeps open what it has
   * listed them with, so that no other file gets those numbers. Used by one thread.
   */
  static final class Snapshot implements Closeable {
    private final Set<Path> known = new HashSet<>();
    private final Optional<DirectoryStream<Path>> listing;

    private Snapshot(Optional<DirectoryStream<Path>> listing) {
      this.listing = listing;
    }

    /** Lists the descriptors that are open now. */
    @SuppressWarnings("StreamResourceLeak") // the snapshot closes it
    static Snapshot take() throws IOException {
      if (!areShown()) {
        return new Snapshot(Optional.empty());
      }
      try (Provisional<DirectoryStream<Path>> listing =
          Provisional.of(Files.newDirectoryStream(directory()))) {
        Snapshot snapshot = new Snapshot(Optional.of(listing.get()));
        listing.get().forEach(snapshot.known::add);
        listing.keep();
        return snapshot;
      }
    }

    /** Tells whether this system shows no descriptors. */
    boolean isEmpty() {
      return listing.isEmpty();
    }

    /** Returns the paths of the descriptors of a file that somebody has opened since. */
    List<Path> added(@Nullable Object fileKey) throws IOException {
      return pathsOf(fileKey, known, Integer.MAX_VALUE);
    }

    @Override
    public void close() throws IOException {
      if (listing.isPresent()) {
        listing.get().close();
      }
    }
  }

  private static List<Path> pathsOf(@Nullable Object fileKey, Set<Path> known, int most)
      throws IOException {
    List<Path> paths = new ArrayList<>();
    if (fileKey == null || !areShown()) {
      return paths;
    }
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(directory())) {
      Iterator<Path> each = descriptors.iterator();
      while (paths.size() < most && each.hasNext()) {
        Path descriptor = each.next();
        if (!known.contains(descriptor) && fileKey.equals(key(descriptor))) {
          paths.add(descriptor);
        }
      }
    }
    return paths;
  }

  private static Path directory() throws IOException {
    return PROC.resolve(Files.readSymbolicLink(SELF)).resolve(ALL);
  }

  private static @Nullable Object key(Path descriptor) throws IOException {
    try {
      return Files.readAttributes(descriptor, BasicFileAttributes.class).fileKey();
    } catch (FileSystemException e) {
      // It was closed meanwhile, or leads to what cannot be examined.
      return null;
    }
  }

  /**
   * Returns where a path through a descriptor leads to, for people to read.
   *
   * @param path any path; a path that does not go through an open descriptor is returned unchanged
   */
  public static Path named(Path path) {
    boolean descriptor =
        path.startsWith(PROC)
            && path.getNameCount() >= NAMES
            && path.getName(2).toString().equals(ALL);
    if (!descriptor) {
      return path;
    }
    Path link = PROC.resolve(path.subpath(1, NAMES));
    try {
      return Files.readSymbolicLink(link).resolve(link.relativize(path)).normalize();
    } catch (IOException e) {
      return path;
    }
  }
}
