package dev.stretcher.contract;

import dev.stretcher.store.KeyValueStore;
import dev.stretcher.store.Lease;

class StoreInMemoryTest extends KeyValueStoreContract {
  private final StoreInMemory store = new StoreInMemory();

  @Override
  protected KeyValueStore open() {
    return store.another();
  }

  @Override
  protected boolean letEnd(Lease lease) {
    store.passTime(lease.ttl());
    return true;
  }
}
