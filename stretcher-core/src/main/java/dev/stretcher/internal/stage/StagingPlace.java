package dev.stretcher.internal.stage;

import dev.stretcher.internal.dest.Dest;
import dev.stretcher.internal.engine.Engine;
import dev.stretcher.spi.Syncer;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the tree for a dest is staged. In a dest that is a mount point, if the syncer bears that:
 * what is beside such a dest lies on another file system, which may be small, and nothing can be
 * renamed from there.
 *
 * @param outside the directory that holds dest, or the one for temporary files
 * @param inside whether there is a better place: dest itself
 */
record StagingPlace(Path dest, Path outside, boolean inside) {
  /** Finds the place for a syncer and a dest, as they are now. */
  static StagingPlace of(Engine engine, Syncer syncer, Dest dest) {
    Path beside = dest.parent();
    boolean temporary = syncer.staging() == Syncer.Staging.TEMPORARY_DIRECTORY;
    return new StagingPlace(
        dest.path(),
        !temporary && Files.isWritable(beside) ? beside : engine.temporaryDirectory(),
        syncer.staging() == Syncer.Staging.ON_FILE_SYSTEM_OF_DEST
            && dest.isMountPoint()
            && Files.isWritable(dest.path()));
  }

  /** Returns the directory to stage in. */
  Path directory() {
    return inside && hasRoom() ? dest : outside;
  }

  /** Tells whether a tree that was staged before is where it may be. */
  boolean allows(StagedArchive staged) {
    return staged.isIn(outside) || inside && staged.isIn(dest);
  }

  /**
   * Tells whether dest can hold a second tree that is as large as all that it holds now, or more
   * than the other place can. Else it may have room only for the files that differ, one by one.
   */
  private boolean hasRoom() {
    try {
      FileStore store = Files.getFileStore(dest);
      long free = store.getUsableSpace();
      return free >= store.getTotalSpace() - store.getUnallocatedSpace()
          || free >= Files.getFileStore(outside).getUsableSpace();
    } catch (IOException e) {
      return false;
    }
  }
}
