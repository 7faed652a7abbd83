package dev.stretcher;

import dev.stretcher.internal.dest.Dest;
import dev.stretcher.internal.sync.SyncStep;
import dev.stretcher.report.StretcherException.SyncFailed;
import dev.stretcher.spi.StagedTree;

/**
 * What is done with a staged tree: it is synced, or only compared with dest.
 *
 * @param <T> what comes of it
 */
interface TreeTask<T> {
  /** Refuses a dest for which an archive need not be unpacked. */
  void requirePlace(Dest dest) throws SyncFailed;

  /** Does it. */
  T run(SyncStep sync, StagedTree tree) throws SyncFailed, InterruptedException;
}
