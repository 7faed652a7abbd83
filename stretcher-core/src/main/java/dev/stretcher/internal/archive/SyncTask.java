package dev.stretcher.internal.archive;

import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.sync.DurabilityStep;
import dev.stretcher.internal.sync.Flush;
import dev.stretcher.internal.sync.SyncStep;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException.SyncFailed;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncReport;
import java.util.Optional;

/** Brings dest to the staged tree, and to disk. */
public record SyncTask(Reporter reporter, DurabilityStep durability)
    implements TreeTask<SyncReport> {
  @Override
  public SyncReport run(SyncStep sync, StagedTree tree) throws SyncFailed, InterruptedException {
    Optional<Flush> flush = durability.beforeSync(tree.root());
    SyncReport report = sync.sync(tree);
    if (flush.isPresent()) {
      durability.afterSync(tree.root(), flush.get(), report);
    }
    reporter.report(new DeployEvent.Synced(report));
    return report;
  }
}
