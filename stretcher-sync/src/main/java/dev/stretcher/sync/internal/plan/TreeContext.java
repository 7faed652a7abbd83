package dev.stretcher.sync.internal.plan;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.process.Workers;
import dev.stretcher.spi.OmittedFiles;
import dev.stretcher.sync.internal.directory.Privilege;
import dev.stretcher.sync.internal.filter.FilterRules;
import java.nio.file.FileSystemException;

/**
 * What one sync works with.
 *
 * <p>The two roots are held while it works. What is only read is read by their paths, which is
 * faster, and they are looked at again before anything is done; what is done is done in the
 * directories that are held, whatever their paths lead to by then.
 *
 * @param staged the root of the staged tree
 * @param omitted what was left out of the staged tree
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
