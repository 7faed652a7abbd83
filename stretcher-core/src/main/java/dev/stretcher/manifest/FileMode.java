package dev.stretcher.manifest;

import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * The permission bits of a file, with setuid, setgid and sticky, as <a
 * href="https://pubs.opengroup.org/onlinepubs/9699919799/basedefs/sys_stat.h.html">sys/stat.h</a>
 * numbers them.
 *
 * @param bits 0 to 07777
 */
public record FileMode(int bits) {
  /** Refuses bits outside 07777. */
  public FileMode {
    if ((bits & ~07777) != 0) {
      throw new IllegalArgumentException(
          "a mode is 0 to 07777, not 0" + Integer.toOctalString(bits));
    }
  }

  /** Returns the nine permission bits in the form of {@link java.nio.file}. */
  public Set<PosixFilePermission> permissions() {
    Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] fromHighest = PosixFilePermission.values();
    for (int i = 0; i < fromHighest.length; i++) {
      if ((bits & (0400 >> i)) != 0) {
        set.add(fromHighest[i]);
      }
    }
    return set;
  }

  /** Returns the mode in octal with a leading zero, such as {@code 0755}. */
  @Override
  public String toString() {
    return "0%03o".formatted(bits);
  }
}
