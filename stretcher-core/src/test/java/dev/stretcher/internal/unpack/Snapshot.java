package dev.stretcher.internal.unpack;

import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a tree looks like: everything about each path that tar restores. */
final class Snapshot {
  private final Path root;
  private final Map<Object, String> firstNames = new HashMap<>();

  private Snapshot(Path root) {
    this.root = root;
  }

  /** Takes one; equal trees have equal ones. */
  static Map<String, String> of(Path root) throws IOException {
    Snapshot snapshot = new Snapshot(root);
    Map<String, String> result = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : (Iterable<Path>) paths.sorted()::iterator) {
        result.put(snapshot.name(path), snapshot.describe(path));
      }
    }
    return result;
  }

  private String name(Path path) {
    return new String(NativeText.bytes(root.relativize(path)), StandardCharsets.ISO_8859_1);
  }

  private String describe(Path path) throws IOException {
    Map<String, Object> is = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
    boolean link = Boolean.TRUE.equals(is.get("isSymbolicLink"));
    FileTime time = (FileTime) is.get("lastModifiedTime");
    // JDK 17 sets the times of links to the microsecond.
    Object modified = link ? time.toInstant().truncatedTo(ChronoUnit.MICROS) : time.toInstant();
    String common =
        "%o %s:%s %s".formatted((Integer) is.get("mode"), is.get("uid"), is.get("gid"), modified);
    if (link) {
      return common + " -> " + is.get("size") + " bytes: " + Files.readSymbolicLink(path);
    }
    if (!Boolean.TRUE.equals(is.get("isRegularFile"))) {
      return common + " " + is.get("rdev");
    }
    String name = name(path);
    Object first = firstNames.putIfAbsent(List.of(is.get("dev"), is.get("ino")), name);
    byte[] content = Files.readAllBytes(path);
    return common + " " + content.length + " " + Arrays.hashCode(content) + " same as " + first;
  }
}
