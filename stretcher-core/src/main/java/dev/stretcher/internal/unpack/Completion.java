package dev.stretcher.internal.unpack;

import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.internal.tar.Entries;
import dev.stretcher.internal.tar.TarEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A second run over an archive, for contents that the first one left out. */
final class Completion {
  private final Entries entries;
  private final Path root;
  private final Attributes attributes;
  private final ContentWriter contents;
  private final LateDirectories directories;

  Completion(Entries entries, Path root, ExtractOptions options) throws IOException {
    this.entries = entries;
    this.root = root;
    this.attributes = new Attributes(options, root, false);
    this.contents = new ContentWriter(entries, attributes);
    this.directories = new LateDirectories(root);
  }

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
      directories.finish();
    }
  }

  private void place(TarEntry entry, List<Path> paths) throws IOException, InterruptedException {
    for (Path path : paths) {
      Path target = root.resolve(path);
      directories.open(Directories.parent(path));
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
}
