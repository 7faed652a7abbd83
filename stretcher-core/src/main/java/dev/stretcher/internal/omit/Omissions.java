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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an extraction left out of a tree, by directory: files whose contents dest has, and
 * directories in which nothing is staged. There may be hundreds of thousands, of which each takes
 * some 100 bytes with its name and its digest. {@link #in} and {@link #directories} are thread-safe
 * as long as nothing changes them.
 */
public final class Omissions {
  private final NameTree names = new NameTree(UUID.randomUUID().hashCode());
  private final OmittedTable table = new OmittedTable();
  private final DigestTable digests = new DigestTable();
  private int count;

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
    put(path, omitted);
  }

  /** Adds a directory. */
  public void addDirectory(Path path, Omitted omitted) {
    put(path, omitted);
  }

  private void put(Path path, Omitted omitted) {
    int number = names.add(path);
    count += table.has(number) ? 0 : 1;
    table.put(number, names.parent(number), omitted);
  }

  /** Returns a file. */
  public Optional<Omitted> get(Path path) {
    return Optional.ofNullable(find(path)).filter(found -> !found.isDirectory());
  }

  private @Nullable Omitted find(Path path) {
    int number = number(path);
    return number == NameTree.NONE ? null : table.get(number);
  }

  /** Returns the number of a name that was left out, or {@link NameTree#NONE}. */
  private int number(Path path) {
    int number = isEmpty() ? NameTree.NONE : names.find(path);
    return table.has(number) ? number : NameTree.NONE;
  }

  /** Tells whether a directory has some of the files. */
  public boolean isAnyIn(Path directory) {
    int number = isEmpty() ? NameTree.NONE : table.first(names.find(directory));
    while (number != NameTree.NONE && table.get(number).isDirectory()) {
      number = table.next(number);
    }
    return number != NameTree.NONE;
  }

  /** Forgets a file. */
  public void remove(Path path) {
    remove(path, false);
  }

  /** Forgets a directory. */
  public void removeDirectory(Path path) {
    remove(path, true);
  }

  private void remove(Path path, boolean directory) {
    int number = number(path);
    if (number != NameTree.NONE && table.get(number).isDirectory() == directory) {
      table.remove(number);
      count--;
    }
  }

  /** Tells whether nothing was left out. */
  public boolean isEmpty() {
    return count == 0;
  }

  /** Returns the files in a directory, given relative to the root of the tree. */
  public Collection<OmittedFile> in(Path directory) {
    List<OmittedFile> found = new ArrayList<>();
    for (int at = table.first(names.find(directory)); at != NameTree.NONE; at = table.next(at)) {
      Omitted each = table.get(at);
      if (!each.isDirectory()) {
        found.add(file(names.name(at), each));
      }
    }
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
    for (int at = table.first(names.find(directory)); at != NameTree.NONE; at = table.next(at)) {
      Omitted each = table.get(at);
      if (each.isDirectory()) {
        found.add(each.directory(names.name(at)));
      }
    }
    return found;
  }

  /** Returns all files and directories. */
  public List<Path> paths() {
    List<Path> paths = new ArrayList<>(count);
    for (int number = 0; number < names.size(); number++) {
      if (table.has(number)) {
        paths.add(names.path(number));
      }
    }
    return paths;
  }

  /** Returns which of the directories are among {@code paths} or above one of them, by path. */
  public Set<Path> directoriesOf(Collection<Path> paths) {
    Set<Path> found = new TreeSet<>();
    if (!isEmpty()) {
      for (Path path : paths) {
        @Nullable Path at = path;
        while (at != null && !found.contains(at)) {
          @Nullable Omitted omitted = find(at);
          if (omitted != null && omitted.isDirectory()) {
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
    return table.get(number(path));
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
