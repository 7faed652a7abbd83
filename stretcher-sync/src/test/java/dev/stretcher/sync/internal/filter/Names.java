package dev.stretcher.sync.internal.filter;

import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The names of a tree: paths as Latin-1, those of directories with a slash at the end.
 *
 * @param all with the directories that the others are in
 */
record Names(SortedSet<String> all) {
  /** Adds the directories that {@code paths} need. */
  static Names of(Collection<String> paths) {
    SortedSet<String> all = new TreeSet<>(paths);
    for (String path : paths) {
      for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
        all.add(path.substring(0, i + 1));
      }
    }
    return new Names(all);
  }

  /** Makes directories and empty files. */
  void writeTo(Path root) throws IOException {
    Files.createDirectories(root);
    for (String name : all) {
      Path path = root.resolve(path(name));
      if (name.endsWith("/")) {
        Files.createDirectory(path);
      } else {
        Files.createFile(path);
      }
    }
  }

  /** Returns the names that a sync reaches, which does not look into excluded directories. */
  Set<String> without(FilterRules rules) {
    Set<String> left = new TreeSet<>();
    for (String name : all) {
      boolean reached = parent(name).isEmpty() || left.contains(parent(name));
      if (reached && !rules.excludes(path(name), name.endsWith("/"))) {
        left.add(name);
      }
    }
    return left;
  }

  private static String parent(String name) {
    return name.substring(0, name.lastIndexOf('/', name.length() - 2) + 1);
  }

  private static Path path(String name) {
    return NativeText.path(name.getBytes(StandardCharsets.ISO_8859_1));
  }
}
