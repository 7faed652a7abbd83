package dev.stretcher.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * What a look at a file shows, see <a
 * href="https://man7.org/linux/man-pages/man7/inode.7.html">inode(7)</a>. Two looks that are equal
 * show a file that has not changed between them. Immutable.
 *
 * @param mode the kind of the file and its permissions
 * @param size in bytes
 * @param modified when its content changed last
 * @param changed when its content or its attributes changed last
 * @param links how many names it has
 * @param device the file system that it is on
 * @param represented the device that it stands for, if it does
 */
record Look(
    int mode,
    long size,
    Instant modified,
    Instant changed,
    long uid,
    long gid,
    int links,
    long inode,
    long device,
    long represented) {
  private static final int KIND = 0170000;
  private static final int PERMISSIONS = 07777;
  private static final String ATTRIBUTES =
      "unix:mode,size,lastModifiedTime,ctime,uid,gid,nlink,ino,dev,rdev";

  /** Looks at a file, and follows no link. */
  static Look at(Path path) throws IOException {
    Map<String, Object> seen = Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    return new Look(
        (Integer) get(seen, "mode"),
        (Long) get(seen, "size"),
        ((FileTime) get(seen, "lastModifiedTime")).toInstant(),
        ((FileTime) get(seen, "ctime")).toInstant(),
        Integer.toUnsignedLong((Integer) get(seen, "uid")),
        Integer.toUnsignedLong((Integer) get(seen, "gid")),
        (Integer) get(seen, "nlink"),
        (Long) get(seen, "ino"),
        (Long) get(seen, "dev"),
        (Long) get(seen, "rdev"));
  }

  private static Object get(Map<String, Object> attributes, String name) {
    return Objects.requireNonNull(attributes.get(name), name);
  }

  boolean isFile() {
    return (mode & KIND) == 0100000;
  }

  boolean isDirectory() {
    return (mode & KIND) == 0040000;
  }

  boolean isSocket() {
    return (mode & KIND) == 0140000;
  }

  /** Returns the type flag that tar has for the kind of the file. */
  char type() {
    return switch (mode & KIND) {
      case 0100000 -> '0';
      case 0120000 -> '2';
      case 0020000 -> '3';
      case 0060000 -> '4';
      case 0040000 -> '5';
      case 0010000 -> '6';
      default -> throw new IllegalStateException("mode " + Integer.toOctalString(mode));
    };
  }

  /** Returns the permissions, and the setuid, setgid and sticky bits. */
  int permissions() {
    return mode & PERMISSIONS;
  }

  /** Returns the major number of the device, see makedev(3). */
  long major() {
    return represented >>> 32 & 0xfffff000L | represented >>> 8 & 0xfff;
  }

  /** Returns the minor number of the device. */
  long minor() {
    return represented >>> 12 & 0xffffff00L | represented & 0xff;
  }
}
