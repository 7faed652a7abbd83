package dev.stretcher.internal.omit;

import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.FileMode;
import dev.stretcher.spi.OmittedFiles.OmittedDirectory;
import dev.stretcher.spi.OmittedFiles.OmittedFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an extraction left out of a tree, by directory: files whose contents dest has, and
 * directories in which nothing is staged. {@link #in} and {@link #directories} are thread-safe as
 * long as nothing changes them.
 */
public final class Omissions {
  private static final Path ROOT = Path.of("");

  private final Map<Path, Map<Path, Omitted>> files = new HashMap<>();
  private final Map<Path, Map<Path, Omitted>> directories = new HashMap<>();
  private final DigestTable digests = new DigestTable();

  /**
   * Adds a file.
   *
   * @param entry the number of the entry that has its content, from 1
   */
  public void add(
      Path path,
      int entry,
      FileMode mode,
      long size,
      Instant modified,
      Ids owner,
      Optional<Digest> digest) {
    int numbered = digest.isPresent() ? digests.add(digest.get()) : DigestTable.NONE;
    add(path, Omitted.file(entry, mode, size, modified, owner, numbered));
  }

  /** Adds another name of a file. */
  public void add(Path path, Omitted omitted) {
    put(files, path, omitted);
  }

  /** Adds a directory. */
  public void addDirectory(Path path, Omitted omitted) {
    put(directories, path, omitted);
  }

  private static void put(Map<Path, Map<Path, Omitted>> all, Path path, Omitted omitted) {
    all.computeIfAbsent(parent(path), directory -> new HashMap<>())
        .put(path.getFileName(), omitted);
  }

  /** Returns a file. */
  public Optional<Omitted> get(Path path) {
    return Optional.ofNullable(find(files, path));
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? ROOT : parent;
  }

  private static @Nullable Omitted find(Map<Path, Map<Path, Omitted>> all, Path path) {
    @Nullable Map<Path, Omitted> directory = all.isEmpty() ? null : all.get(parent(path));
    return directory == null ? null : directory.get(path.getFileName());
  }

  /** Tells whether a directory has some of the files. */
  public boolean isAnyIn(Path directory) {
    return files.containsKey(directory);
  }

  /** Forgets a file. */
  public void remove(Path path) {
    remove(files, path);
  }

  /** Forgets a directory. */
  public void removeDirectory(Path path) {
    remove(directories, path);
  }

  private static void remove(Map<Path, Map<Path, Omitted>> all, Path path) {
    Path parent = parent(path);
    @Nullable Map<Path, Omitted> directory = all.isEmpty() ? null : all.get(parent);
    if (directory != null && directory.remove(path.getFileName()) != null && directory.isEmpty()) {
      all.remove(parent);
    }
  }

  /** Tells whether nothing was left out. */
  public boolean isEmpty() {
    return files.isEmpty() && directories.isEmpty();
  }

  /** Returns the files in a directory, given relative to the root of the tree. */
  public Collection<OmittedFile> in(Path directory) {
    List<OmittedFile> found = new ArrayList<>();
    files.getOrDefault(directory, Map.of()).forEach((name, each) -> found.add(file(name, each)));
    return found;
  }

  private OmittedFile file(Path name, Omitted file) {
    return new OmittedFile(
        name,
        new FileMode(file.mode()),
        file.size(),
        file.modified(),
        file.owner().uid(),
        file.owner().gid(),
        digests.get(file.digest()));
  }

  /** Returns the directories in a directory, given relative to the root of the tree. */
  public Collection<OmittedDirectory> directories(Path directory) {
    List<OmittedDirectory> found = new ArrayList<>();
    directories
        .getOrDefault(directory, Map.of())
        .forEach((name, each) -> found.add(each.directory(name)));
    return found;
  }

  /** Returns all files and directories. */
  public List<Path> paths() {
    List<Path> paths = new ArrayList<>();
    for (Map<Path, Map<Path, Omitted>> all : List.of(directories, files)) {
      all.forEach(
          (directory, names) -> names.keySet().forEach(name -> paths.add(directory.resolve(name))));
    }
    return paths;
  }

  /** Returns which of the directories are among {@code paths} or above one of them, by path. */
  public Set<Path> directoriesOf(Collection<Path> paths) {
    Set<Path> found = new TreeSet<>();
    if (!directories.isEmpty()) {
      for (Path path : paths) {
        @Nullable Path at = path;
        while (at != null && !found.contains(at)) {
          if (find(directories, at) != null) {
            found.add(at);
          }
          at = at.getParent();
        }
      }
    }
    return found;
  }

  /** Returns a directory that is one of these. */
  public Omitted directory(Path path) {
    return Objects.requireNonNull(find(directories, path));
  }

  /**
   * Returns which of {@code paths} are among the files, by the number of the entry with the
   * content.
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
