package dev.stretcher.internal.unpack;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.internal.tar.Entries;
import dev.stretcher.internal.tar.TarEntry;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A second run over an archive, for contents that the first one left out. */
final class Completion {
  private static final int OWNER_ALL = 0700;

  private final Entries entries;
  private final Path root;
  private final Attributes attributes;
  private final ContentWriter contents;
  private final Map<Path, DirectoryState> directories = new HashMap<>();

  Completion(Entries entries, Path root, ExtractOptions options) throws IOException {
    this.entries = entries;
    this.root = root;
    this.attributes = new Attributes(options, root, false);
    this.contents = new ContentWriter(entries, attributes);
  }

  /** What a directory looked like before something was put into it. */
  private record DirectoryState(int mode, FileTime modified) {}

  /**
   * Stages the contents of entries, given by their numbers, under the names that they belong to.
   */
  void run(Map<Integer, List<Path>> wanted) throws IOException, InterruptedException {
    try {
      int found = 0;
      for (int number = 1; found < wanted.size(); number++) {
        @Nullable TarEntry entry = entries.next();
        if (entry == null) {
          throw ArchiveException.of(
              "it has fewer entries than a moment ago; give each version a name of its own");
        }
        List<Path> paths = wanted.getOrDefault(number, List.of());
        found += paths.isEmpty() ? 0 : 1;
        place(entry, paths);
      }
    } finally {
      restoreDirectories();
    }
  }

  private void place(TarEntry entry, List<Path> paths) throws IOException, InterruptedException {
    for (Path path : paths) {
      Path target = root.resolve(path);
      open(Directories.parent(path));
      if (path.equals(paths.get(0))) {
        contents.write(entry, target);
      } else {
        Files.copy(root.resolve(paths.get(0)), target);
      }
    }
    for (Path path : paths) {
      attributes.apply(entry, root.resolve(path));
    }
  }

  private void open(Path relative) throws IOException {
    Path directory = root.resolve(relative);
    if (directories.containsKey(directory)) {
      return;
    }
    requireDirectories(relative);
    int mode = 07777 & (Integer) Files.getAttribute(directory, "unix:mode", NOFOLLOW_LINKS);
    FileTime modified = Files.getLastModifiedTime(directory, NOFOLLOW_LINKS);
    directories.put(directory, new DirectoryState(mode, modified));
    if ((mode & OWNER_ALL) != OWNER_ALL) {
      Files.setAttribute(directory, "unix:mode", mode | OWNER_ALL);
    }
  }

  /** Nothing is written through a symbolic link, here as in the first run. */
  private void requireDirectories(Path relative) throws IOException {
    Path directory = root;
    for (Path name : relative) {
      directory = directory.resolve(name);
      if (!Files.isDirectory(directory, NOFOLLOW_LINKS)) {
        throw new FileSystemException(
            directory.toString(),
            null,
            "it is not a directory any more; find out what changes the staging directory");
      }
    }
  }

  private void restoreDirectories() throws IOException {
    for (Map.Entry<Path, DirectoryState> each : directories.entrySet()) {
      DirectoryState state = each.getValue();
      Files.getFileAttributeView(each.getKey(), BasicFileAttributeView.class, NOFOLLOW_LINKS)
          .setTimes(state.modified(), null, null);
      if ((state.mode() & OWNER_ALL) != OWNER_ALL) {
        Files.setAttribute(each.getKey(), "unix:mode", state.mode());
      }
    }
  }
}
