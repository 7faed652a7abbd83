package dev.stretcher.internal.unpack;

import dev.stretcher.spi.OmittedFiles.OmittedFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of an archive whose contents an extraction left out, by their directories. {@link #in}
 * is thread-safe as long as nothing changes them.
 */
public final class Omissions {
  private final Map<Path, Map<Path, Omitted>> byDirectory = new HashMap<>();

  Omissions() {}

  void add(Path path, Omitted omitted) {
    byDirectory
        .computeIfAbsent(Directories.parent(path), directory -> new HashMap<>())
        .put(path.getFileName(), omitted);
  }

  /** Tells whether a file was left out, by its path in the archive. */
  public boolean has(Path path) {
    return get(path).isPresent();
  }

  Optional<Omitted> get(Path path) {
    @Nullable Map<Path, Omitted> directory =
        byDirectory.isEmpty() ? null : byDirectory.get(Directories.parent(path));
    return directory == null
        ? Optional.empty()
        : Optional.ofNullable(directory.get(path.getFileName()));
  }

  /** Tells whether a directory, which is empty where it is staged, has some of them. */
  boolean isAnyIn(Path directory) {
    return byDirectory.containsKey(directory);
  }

  void remove(Path path) {
    Path parent = Directories.parent(path);
    @Nullable Map<Path, Omitted> directory = byDirectory.isEmpty() ? null : byDirectory.get(parent);
    if (directory != null && directory.remove(path.getFileName()) != null && directory.isEmpty()) {
      byDirectory.remove(parent);
    }
  }

  /** Tells whether nothing was left out. */
  public boolean isEmpty() {
    return byDirectory.isEmpty();
  }

  /** Returns those in a directory, given relative to the root of the tree. */
  public Collection<OmittedFile> in(Path directory) {
    List<OmittedFile> files = new ArrayList<>();
    byDirectory
        .getOrDefault(directory, Map.of())
        .forEach((name, omitted) -> files.add(omitted.file(name)));
    return files;
  }

  /** Returns all of them. */
  public List<Path> paths() {
    List<Path> paths = new ArrayList<>();
    byDirectory.forEach(
        (directory, files) -> files.keySet().forEach(name -> paths.add(directory.resolve(name))));
    return paths;
  }

  /**
   * Returns which of {@code paths} are among these, by the number of the entry with the content.
   */
  public Map<Integer, List<Path>> byEntry(Collection<Path> paths) {
    Map<Integer, List<Path>> byEntry = new HashMap<>();
    for (Path path : paths) {
      get(path)
          .ifPresent(
              omitted ->
                  byEntry.computeIfAbsent(omitted.entry(), entry -> new ArrayList<>()).add(path));
    }
    return byEntry;
  }
}
