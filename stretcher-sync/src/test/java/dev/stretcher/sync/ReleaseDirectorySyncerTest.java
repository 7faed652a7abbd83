package dev.stretcher.sync;

import dev.stretcher.contract.ReleaseSyncerContract;
import dev.stretcher.release.ReleaseSyncer;

class ReleaseDirectorySyncerTest extends ReleaseSyncerContract {
  @Override
  protected ReleaseSyncer syncer() {
    return new ReleaseDirectorySyncer();
  }
}
