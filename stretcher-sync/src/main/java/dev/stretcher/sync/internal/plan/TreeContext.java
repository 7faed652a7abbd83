package dev.stretcher.sync.internal.plan;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.process.Workers;
import dev.stretcher.spi.OmittedFiles;
import dev.stretcher.sync.internal.directory.Privilege;
import dev.stretcher.sync.internal.filter.FilterRules;
import java.nio.file.FileSystemException;

/**
 * The context of one sync.
 *
 * <p>The two roots are held during the sync. Files that are only read are read by path, which is
 * faster, and the roots are checked again before any change. Changes happen in the held
 * directories, wherever their paths lead to by then.
 *
 * @param staged the root of the staged tree
 * @param omitted the files that were left out of the staged tree
 * @param dest the directory to make equal to it; there may be none yet
 */
public record TreeContext(
    PinnedPlace staged,
    OmittedFiles omitted,
    PinnedPlace dest,
    FilterRules excludes,
    Comparer comparer,
    Privilege privilege,
    Workers workers) {

  /** Refuses to go on if the path of a root leads to another directory by now. */
  void requireSame() throws FileSystemException {
    staged.requireSame();
    dest.requireSame();
  }
}
