package dev.stretcher;

import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncPlan;
import dev.stretcher.spi.SyncTarget;
import java.io.IOException;
import java.util.Optional;

/** Fails when it plans. */
final class FailingPlanSyncer extends RenameSyncer {
  @Override
  public Optional<SyncPlan> plan(StagedTree tree, SyncTarget target) throws IOException {
    throw new IOException("dest is full");
  }
}
