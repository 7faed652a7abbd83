package dev.stretcher.sync.internal.tree;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The open files of this process, as <a
 * href="https://man7.org/linux/man-pages/man5/proc_pid_fd.5.html">proc_pid_fd(5)</a> shows them.
 *
 * <p>The JDK offers no call relative to an open directory that sets a setgid bit, or on Java 17 a
 * time to the nanosecond. A path through such an entry leads to the open file itself, and nobody
 * can put a link in its place. See {@code docs/adr/0010-attributes-through-descriptors.md}.
 */
final class Descriptors {
  private static final Path ALL = Path.of("/proc/self/fd");

  private Descriptors() {}

  /**
   * Returns the path of a descriptor of an open file.
   *
   * @param fileKey the {@link BasicFileAttributes#fileKey} of the file, which the caller keeps open
   * @return empty if there is none, or this system does not show it
   */
  static Optional<Path> pathOf(@Nullable Object fileKey) throws IOException {
    if (fileKey == null || !Files.isDirectory(ALL)) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(ALL)) {
      for (Path descriptor : descriptors) {
        if (fileKey.equals(key(descriptor))) {
          return Optional.of(descriptor);
        }
      }
    }
    return Optional.empty();
  }

  private static @Nullable Object key(Path descriptor) throws IOException {
    try {
      return Files.readAttributes(descriptor, BasicFileAttributes.class).fileKey();
    } catch (FileSystemException e) {
      // It was closed meanwhile, or leads to what cannot be examined.
      return null;
    }
  }
}
