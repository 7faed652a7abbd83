package dev.stretcher.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;

/**
 * What a name stands for, without following a link; see <a
 * href="https://man7.org/linux/man-pages/man7/inode.7.html">inode(7)</a>.
 *
 * @param mode its kind and its permissions
 * @param size in bytes
 * @param changed when it was last written, renamed, or given other attributes
 */
record Inode(
    Path path, int mode, int uid, int gid, long device, long number, long size, FileTime changed) {
  private static final String ATTRIBUTES = "unix:mode,uid,gid,dev,ino,size,ctime";
  private static final int KIND = 0170000;
  private static final int LINK = 0120000;
  private static final int FILE = 0100000;
  private static final int DIRECTORY = 0040000;

  static Inode of(Path path) throws IOException {
    Map<String, Object> found = Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    return new Inode(
        path,
        number(found, "mode").intValue(),
        number(found, "uid").intValue(),
        number(found, "gid").intValue(),
        number(found, "dev").longValue(),
        number(found, "ino").longValue(),
        number(found, "size").longValue(),
        (FileTime) Objects.requireNonNull(found.get("ctime"), "ctime"));
  }

  private static Number number(Map<String, Object> found, String name) {
    return (Number) Objects.requireNonNull(found.get(name), name);
  }

  boolean isLink() {
    return (mode & KIND) == LINK;
  }

  boolean isFile() {
    return (mode & KIND) == FILE;
  }

  boolean isDirectory() {
    return (mode & KIND) == DIRECTORY;
  }

  /** Returns what it is, for people. */
  String kind() {
    return switch (mode & KIND) {
      case LINK -> "symbolic link";
      case FILE -> "file";
      case DIRECTORY -> "directory";
      case 0010000 -> "named pipe";
      case 0140000 -> "socket";
      default -> "device";
    };
  }

  /**
   * Tells whether {@code later} is the same file, not changed in between. The JVM would make the
   * {@code equals} of a record at run time, which takes longer than all of a configuration.
   */
  boolean isStill(Inode later) {
    return device == later.device
        && number == later.number
        && mode == later.mode
        && uid == later.uid
        && gid == later.gid
        && size == later.size
        && changed.equals(later.changed);
  }
}
