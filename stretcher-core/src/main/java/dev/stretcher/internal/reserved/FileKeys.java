package dev.stretcher.internal.reserved;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells by device and inode whether two paths lead to one directory, as bind mounts and {@code
 * /proc/PID/root} do without any link. Each path is looked at once. Used by one thread.
 */
final class FileKeys {
  private final Map<Path, Optional<Object>> seen = new HashMap<>();

  /** Tells whether both paths exist and lead to the same directory. */
  boolean same(Path one, Path other) {
    Optional<Object> key = of(one);
    return key.isPresent() && key.equals(of(other));
  }

  private Optional<Object> of(Path path) {
    return seen.computeIfAbsent(path, FileKeys::read);
  }

  private static Optional<Object> read(Path path) {
    try {
      return Optional.ofNullable(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    } catch (IOException e) {
      // It is not there, or out of reach.
      return Optional.empty();
    }
  }
}
