package dev.stretcher.internal.unpack;

import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.manifest.FileMode;
import dev.stretcher.spi.EntryType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The final attributes of a directory. There may be millions, so it is kept small: most have the
 * owner of the one before.
 */
record DirectoryAttributes(
    int mode, long second, int nano, long uid, long gid, String userName, String groupName) {
  /** Those of a directory that the archive has no entry for. */
  static final DirectoryAttributes IMPLIED = new DirectoryAttributes(-1, 0, 0, 0, 0, "", "");

  /** Returns those of an entry, with the texts of {@code last} where they are the same. */
  static DirectoryAttributes of(TarEntry entry, DirectoryAttributes last) {
    Instant modified = entry.modified();
    return new DirectoryAttributes(
        entry.mode().bits(),
        modified.getEpochSecond(),
        modified.getNano(),
        entry.uid(),
        entry.gid(),
        same(entry.userName(), last.userName()),
        same(entry.groupName(), last.groupName()));
  }

  private static String same(String text, String last) {
    return text.equals(last) ? last : text;
  }

  boolean isImplied() {
    return mode < 0;
  }

  /** Returns an entry with these attributes. */
  TarEntry entry(Path path) {
    return new TarEntry(
        path,
        EntryType.DIRECTORY,
        new FileMode(mode),
        0,
        0,
        0,
        Instant.ofEpochSecond(second, nano),
        Optional.empty(),
        Optional.empty(),
        uid,
        gid,
        userName,
        groupName,
        0,
        0);
  }
}
