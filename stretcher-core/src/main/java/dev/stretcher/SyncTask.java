package dev.stretcher;

import dev.stretcher.StretcherException.SyncFailed;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncReport;

/** Brings dest to the staged tree. */
final class SyncTask implements TreeTask<SyncReport> {
  private final Reporter reporter;

  SyncTask(Reporter reporter) {
    this.reporter = reporter;
  }

  @Override
  public void requirePlace(Dest dest) throws SyncFailed {
    dest.require();
  }

  @Override
  public SyncReport run(SyncStep sync, StagedTree tree) throws SyncFailed, InterruptedException {
    SyncReport report = sync.sync(tree);
    reporter.report(new DeployEvent.Synced(report));
    return report;
  }
}
