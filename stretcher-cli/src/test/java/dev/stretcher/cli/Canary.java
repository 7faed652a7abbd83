package dev.stretcher.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a tree looks like: names, types, modes, owners, times, links and contents. */
record Canary(Map<Path, String> files) {
  static Canary of(Path root) throws IOException {
    Map<Path, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Map<String, Object> attributes =
            Files.readAttributes(
                path, "unix:mode,uid,gid,nlink,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
        files.put(root.relativize(path), new TreeMap<>(attributes) + content(path));
      }
    }
    return new Canary(files);
  }

  private static String content(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return " -> " + Files.readSymbolicLink(path);
    }
    return Files.isRegularFile(path) ? " " + Files.readString(path) : "";
  }
}
