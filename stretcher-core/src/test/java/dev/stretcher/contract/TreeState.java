package dev.stretcher.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/** The state of a tree, to see that nothing touched it. */
public final class TreeState {
  private TreeState() {}

  /**
   * Takes the state of what is below {@code root}: equal states have the same names, inodes, modes,
   * owners, times (of changes to the inode as well) and contents. The times of {@code root} itself
   * are left out, since whatever is made and removed in it changes them.
   */
  public static Map<String, String> of(Path root) throws IOException {
    Map<String, String> state = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        String attributes = path.equals(root) ? "ino,mode,uid,gid" : "ino,mode,uid,gid,ctime";
        Map<String, Object> is =
            Files.readAttributes(path, "unix:" + attributes, LinkOption.NOFOLLOW_LINKS);
        state.put(root.relativize(path).toString(), new TreeMap<>(is) + content(path));
      }
    }
    return state;
  }

  private static String content(Path path) throws IOException {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
        ? DigestUtils.sha256Hex(Files.readAllBytes(path))
        : "";
  }
}
