package dev.stretcher.internal.dest;

import dev.stretcher.file.ReservedNames;
import java.nio.file.Path;
import java.util.Objects;

/** The names of a lock and of what belongs to it, all of which are {@link ReservedNames}. */
final class LockName {
  private static final String END = ".lock";

  private LockName() {}

  /** Returns the name of the lock that has a key of {@link ReservedNames#KEY} digits. */
  static String of(String key) {
    return ReservedNames.PREFIX + key + END;
  }

  /** Returns what the names of the places in the queue of a lock begin with. */
  static String tickets(Path lock) {
    return stem(lock) + ".wait-";
  }

  /** Returns what the names of temporary files and directories of a lock's holder begin with. */
  static String temporary(Path lock) {
    return stem(lock) + "-";
  }

  private static String stem(Path lock) {
    String name = Objects.requireNonNull(lock.getFileName()).toString();
    return name.substring(0, name.length() - END.length());
  }
}
