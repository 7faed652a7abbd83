package dev.stretcher.sources.internal.consul;

import dev.stretcher.contract.KeyValueStoreContract;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.store.Lease;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract with a real Consul, where there is one. */
class ConsulStoreIT extends KeyValueStoreContract {
  private static RealConsul consul;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    RealConsul.require();
    consul = RealConsul.start(directory);
  }

  @AfterAll
  static void stop() {
    if (consul != null) {
      consul.close();
    }
  }

  @Override
  protected KeyValueStore open() {
    return new ConsulStoreProvider().open(consul.address(), Map.of());
  }

  @Override
  protected boolean letEnd(Lease lease) throws Exception {
    // What Consul does when the time is over; that takes up to 20 s.
    return consul.destroys(lease.id());
  }
}
