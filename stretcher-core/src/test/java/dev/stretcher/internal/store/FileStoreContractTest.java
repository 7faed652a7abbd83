package dev.stretcher.internal.store;

import dev.stretcher.contract.KeyValueStoreContract;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.store.Lease;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileStoreContractTest extends KeyValueStoreContract {
  @TempDir Path directory;
  private final MovedClock clock = new MovedClock();

  @Override
  protected KeyValueStore open() throws Exception {
    return FileStore.in(directory.resolve("store"), clock);
  }

  @Override
  protected boolean letEnd(Lease lease) {
    clock.move(lease.ttl());
    return true;
  }
}
