package dev.stretcher.internal.unpack;

import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.manifest.FileMode;
import dev.stretcher.spi.OmittedFiles.OmittedFile;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A file whose content was left out. There may be hundreds of thousands, so it is kept small.
 *
 * @param entry the number of the entry that has its content, from 1
 */
record Omitted(int entry, int mode, long size, long second, int nano, int uid, int gid) {
  static Omitted of(int number, TarEntry entry, FileMode mode, Ownership.Ids owner) {
    Instant modified = entry.modified();
    return new Omitted(
        number,
        mode.bits(),
        entry.size(),
        modified.getEpochSecond(),
        modified.getNano(),
        owner.uid(),
        owner.gid());
  }

  OmittedFile file(Path name) {
    return new OmittedFile(
        name, new FileMode(mode), size, Instant.ofEpochSecond(second, nano), uid, gid);
  }
}
