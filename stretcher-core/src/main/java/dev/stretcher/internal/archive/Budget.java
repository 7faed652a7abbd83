package dev.stretcher.internal.archive;

import dev.stretcher.limit.Limit;
import dev.stretcher.limit.Limits;
import dev.stretcher.text.NativeText;
import java.nio.file.Path;

/**
 * What an archive may still bring: an entry that exceeds a limit is refused before it is placed.
 */
final class Budget {
  /** PATH_MAX of Linux, without the NUL at the end. */
  private static final int LONGEST_PATH = 4095;

  /** NAME_MAX of all usual file systems. */
  private static final int LONGEST_NAME = 255;

  private final Limits limits;
  private final int rootLength;
  private int entries;
  private long bytes;

  Budget(Limits limits, Path root) {
    this.limits = limits;
    this.rootLength = NativeText.bytes(root).length + 1;
  }

  /** Takes an entry into account. */
  void take(TarEntry entry) throws ArchiveException {
    requireName(entry);
    if (++entries > limits.get(Limit.ENTRIES)) {
      throw ArchiveException.in(
          entry, "it is one entry too many, " + limits.exceeded(Limit.ENTRIES));
    }
    if (entry.size() > limits.get(Limit.UNPACKED) - bytes) {
      throw ArchiveException.in(
          entry,
          "with its %d bytes the archive unpacks to %s"
              .formatted(entry.size(), limits.exceeded(Limit.UNPACKED)));
    }
    bytes += entry.size();
  }

  private void requireName(TarEntry entry) throws ArchiveException {
    byte[] name = NativeText.bytes(entry.path());
    if (name.length > limits.get(Limit.PATH)) {
      throw ArchiveException.in(
          name, "the name has %d bytes, %s".formatted(name.length, limits.exceeded(Limit.PATH)));
    }
    if (rootLength + name.length > LONGEST_PATH) {
      throw ArchiveException.in(
          name,
          "its path has %d bytes where it is staged, expected at most %d; use shorter names"
              .formatted(rootLength + name.length, LONGEST_PATH));
    }
    if (entry.path().getNameCount() > limits.get(Limit.DEPTH)) {
      throw ArchiveException.in(
          name,
          "it lies %d levels deep, %s"
              .formatted(entry.path().getNameCount(), limits.exceeded(Limit.DEPTH)));
    }
    requireParts(name);
  }

  private static void requireParts(byte[] name) throws ArchiveException {
    int start = 0;
    for (int i = 0; i <= name.length; i++) {
      if (i == name.length || name[i] == '/') {
        if (i - start > LONGEST_NAME) {
          throw ArchiveException.in(
              name,
              "a part of the name has %d bytes, expected at most %d; use shorter names"
                  .formatted(i - start, LONGEST_NAME));
        }
        start = i + 1;
      }
    }
  }

  int entries() {
    return entries;
  }

  long bytes() {
    return bytes;
  }
}
