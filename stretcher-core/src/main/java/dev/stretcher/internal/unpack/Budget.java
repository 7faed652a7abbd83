package dev.stretcher.internal.unpack;

import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.text.NativeText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * The limits that are left to an archive: an entry that exceeds one is refused before it is placed.
 */
final class Budget {
  /** PATH_MAX of Linux, without the NUL at the end. */
  private static final int LONGEST_PATH = 4095;

  /** NAME_MAX of all usual file systems. */
  private static final int LONGEST_NAME = 255;

  private final Options limits;
  private final Predicate<String> reserved;
  private final int rootLength;
  private int entries;
  private int implied;
  private long bytes;

  Budget(ExtractOptions options, Path root) {
    this.limits = options.limits();
    this.reserved = options.reserved();
    this.rootLength = NativeText.bytes(root).length + 1;
  }

  /** Takes an entry into account. */
  void take(TarEntry entry) throws ArchiveException {
    requireName(entry);
    entries++;
    requireCount(entry);
    if (entry.size() > limits.get(Settings.MAX_UNPACKED) - bytes) {
      throw ArchiveException.in(
          entry,
          "with its %s bytes the archive unpacks to %s"
              .formatted(entry.size(), limits.exceeded(Settings.MAX_UNPACKED)));
    }
    bytes += entry.size();
  }

  /**
   * Takes a directory into account that the archive has no entry for, but {@code entry} in it: it
   * takes as much of a host as one that has an entry, and a name may imply hundreds.
   */
  void takeImplied(TarEntry entry) throws ArchiveException {
    implied++;
    requireCount(entry);
  }

  /** Takes back one such directory, for which an entry comes after all and counts itself. */
  void giveBackImplied() {
    implied--;
  }

  private void requireCount(TarEntry entry) throws ArchiveException {
    if ((long) entries + implied > limits.get(Settings.MAX_ENTRIES)) {
      String directories =
          implied == 0
              ? "it is one entry too many, "
              : "with %s directories that have no entries of their own, the archive has "
                  .formatted(implied);
      throw ArchiveException.in(entry, directories + limits.exceeded(Settings.MAX_ENTRIES));
    }
  }

  private void requireName(TarEntry entry) throws ArchiveException {
    byte[] name = NativeText.bytes(entry.path());
    if (name.length > limits.get(Settings.MAX_PATH)) {
      throw ArchiveException.in(
          name,
          "the name has %s bytes, %s".formatted(name.length, limits.exceeded(Settings.MAX_PATH)));
    }
    if (rootLength + name.length > LONGEST_PATH) {
      throw ArchiveException.in(
          name,
          "its path has %s bytes where it is staged, expected at most %s; use shorter names"
              .formatted(rootLength + name.length, LONGEST_PATH));
    }
    if (entry.path().getNameCount() > limits.get(Settings.MAX_DEPTH)) {
      throw ArchiveException.in(
          name,
          "it lies %s levels deep, %s"
              .formatted(entry.path().getNameCount(), limits.exceeded(Settings.MAX_DEPTH)));
    }
    requireParts(name);
  }

  private void requireParts(byte[] name) throws ArchiveException {
    int start = 0;
    for (int i = 0; i <= name.length; i++) {
      if (i == name.length || name[i] == '/') {
        if (i - start > LONGEST_NAME) {
          throw ArchiveException.in(
              name,
              "a part of the name has %s bytes, expected at most %s; use shorter names"
                  .formatted(i - start, LONGEST_NAME));
        }
        requireFree(name, start, i);
        start = i + 1;
      }
    }
  }

  /** Such names lie beside a dest, which may be in the dest of this archive. */
  private void requireFree(byte[] name, int start, int end) throws ArchiveException {
    boolean hidden = end > start && name[start] == '.';
    if (hidden
        && reserved.test(new String(name, start, end - start, StandardCharsets.ISO_8859_1))) {
      throw ArchiveException.in(
          name,
          "a deploy uses such names for its lock and its temporary files; leave it out of the"
              + " archive");
    }
  }

  int entries() {
    return entries;
  }

  long bytes() {
    return bytes;
  }
}
