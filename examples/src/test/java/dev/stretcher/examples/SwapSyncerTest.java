package dev.stretcher.examples;

import dev.stretcher.contract.SyncerContract;
import dev.stretcher.spi.Syncer;
import java.util.Set;

class SwapSyncerTest extends SyncerContract {
  @Override
  protected Syncer syncer() {
    return new SwapSyncer();
  }

  @Override
  protected Set<Capability> capabilities() {
    return Set.of(Capability.UPDATE);
  }
}
