package dev.stretcher.sync.internal.usage;

import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Directories, and the paths of processes that lead into them. */
final class UsedDirectories {
  private static final Path NAMESPACE = Path.of("ns", "mnt");

  /** The directories, by their paths byte by byte. */
  private final Map<String, Path> byPath = new LinkedHashMap<>();

  /** The directories, by device and inode. */
  private final Map<Object, Path> byKey = new HashMap<>();

  private final Optional<Path> namespace;

  UsedDirectories(Collection<Path> directories) {
    this.namespace = link(Path.of("/proc/self").resolve(NAMESPACE));
    for (Path directory : directories) {
      byPath.put(Users.bytes(directory), directory);
      key(directory).ifPresent(key -> byKey.put(key, directory));
    }
  }

  /**
   * Returns the directories into which paths of a process lead.
   *
   * @param process its directory in {@code /proc}
   */
  Set<Path> among(Set<String> used, Path process) {
    Set<Path> found = new HashSet<>();
    for (String path : used) {
      for (Map.Entry<String, Path> each : byPath.entrySet()) {
        if (isIn(path, each.getKey())) {
          found.add(each.getValue());
        }
      }
    }
    // In a container, the same directory may have another path.
    Optional<Path> other = link(process.resolve(NAMESPACE));
    if (other.isPresent() && !other.equals(namespace)) {
      Set<String> looked = new HashSet<>();
      for (String path : used) {
        addOf(process.resolve("root"), path, looked, found);
      }
    }
    return found;
  }

  private static boolean isIn(String path, String directory) {
    return path.startsWith(directory)
        && (path.length() == directory.length()
            || path.charAt(directory.length()) == '/'
            || path.startsWith(" (deleted)", directory.length()));
  }

  /** Looks at each directory above a path, as the process sees it. */
  private void addOf(Path root, String path, Set<String> looked, Set<Path> found) {
    for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
      String directory = path.substring(0, end);
      if (!directory.startsWith("/") || !looked.add(directory)) {
        return;
      }
      seenAs(root, directory).map(byKey::get).ifPresent(found::add);
    }
  }

  private static Optional<Object> seenAs(Path root, String path) {
    try {
      return key(
          root.resolve(NativeText.path(path.substring(1).getBytes(StandardCharsets.ISO_8859_1))));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<Object> key(Path path) {
    try {
      BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
      return Optional.of(Objects.requireNonNull(found.fileKey()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Path> link(Path path) {
    try {
      return Optional.of(Files.readSymbolicLink(path));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
