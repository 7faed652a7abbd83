package dev.stretcher.sources.internal.consul;

import dev.stretcher.sources.setting.Timeouts;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.store.KeyValueStoreProvider;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Opens {@code consul://HOST:PORT}. Thread-safe. */
public final class ConsulStoreProvider implements KeyValueStoreProvider {
  static final String SCHEME = "consul";
  static final Timeouts TIMEOUTS = new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(30));

  @Override
  public Set<String> schemes() {
    return Set.of(SCHEME);
  }

  @Override
  public KeyValueStore open(URI address, Map<String, String> environment) {
    return open(address, environment, TIMEOUTS);
  }

  static KeyValueStore open(URI address, Map<String, String> environment, Timeouts timeouts) {
    ConsulAddress consul = ConsulAddress.parse(address, environment);
    if (!consul.path().isEmpty()) {
      throw new IllegalArgumentException(
          consul.name() + ": a store has no path; expected consul://HOST:PORT");
    }
    return new ConsulStore(new ConsulClient(consul, environment, timeouts), pace());
  }

  static ConsulPace pace() {
    return new ConsulPace(System::nanoTime, RandomGenerator.getDefault());
  }
}
