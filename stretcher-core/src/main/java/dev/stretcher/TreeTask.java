package dev.stretcher;

import dev.stretcher.internal.dest.Dest;
import dev.stretcher.internal.sync.SyncStep;
import dev.stretcher.report.StretcherException.SyncFailed;
import dev.stretcher.spi.StagedTree;

/**
 * A use of the staged tree: a sync, or only a comparison with dest.
 *
 * @param <T> what comes of it
 */
interface TreeTask<T> {
  /** Refuses a dest for which an archive need not be unpacked. */
  void requirePlace(Dest dest) throws SyncFailed;

  /** Tells whether it needs the contents that dest lacks, and not only their attributes. */
  boolean needsContents();

  /** Does the work. */
  T run(SyncStep sync, StagedTree tree) throws SyncFailed, InterruptedException;
}
