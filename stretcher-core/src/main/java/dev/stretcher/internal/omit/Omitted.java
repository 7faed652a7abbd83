package dev.stretcher.internal.omit;

import dev.stretcher.manifest.FileMode;
import dev.stretcher.spi.OmittedFiles.OmittedDirectory;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A file whose content was left out, or a directory.
 *
 * @param entry the number of the entry that has its content, from 1; 0 for a directory
 * @param second of its modification, since 1970
 * @param nano of that second
 * @param digest the number of its digest in a {@link DigestTable}, or {@link DigestTable#NONE}
 */
public record Omitted(
    int entry, int mode, long size, long second, int nano, Ids owner, int digest) {
  static Omitted file(
      int entry, FileMode mode, long size, Instant modified, Ids owner, int digest) {
    return new Omitted(
        entry, mode.bits(), size, modified.getEpochSecond(), modified.getNano(), owner, digest);
  }

  /** Returns a directory. */
  public static Omitted directory(FileMode mode, Instant modified, Ids owner) {
    return file(0, mode, 0, modified, owner, DigestTable.NONE);
  }

  boolean isDirectory() {
    return entry == 0;
  }

  /** Returns when it was modified. */
  public Instant modified() {
    return Instant.ofEpochSecond(second, nano);
  }

  OmittedDirectory directory(Path name) {
    return new OmittedDirectory(name, new FileMode(mode), modified(), owner.uid(), owner.gid());
  }
}
