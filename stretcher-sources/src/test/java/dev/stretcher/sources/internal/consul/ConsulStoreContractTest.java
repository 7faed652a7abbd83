package dev.stretcher.sources.internal.consul;

import dev.stretcher.contract.KeyValueStoreContract;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.store.Lease;
import dev.stretcher.testing.consul.ConsulDouble;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ConsulStoreContractTest extends KeyValueStoreContract {
  private static ConsulDouble consul;

  @BeforeAll
  static void start() throws Exception {
    consul = ConsulDouble.start();
  }

  @AfterAll
  static void stop() throws Exception {
    consul.close();
  }

  @Override
  protected KeyValueStore open() {
    return new ConsulStoreProvider().open(consul.address(), Map.of());
  }

  @Override
  protected boolean letEnd(Lease lease) {
    consul.advance(lease.ttl().multipliedBy(2));
    return true;
  }
}
