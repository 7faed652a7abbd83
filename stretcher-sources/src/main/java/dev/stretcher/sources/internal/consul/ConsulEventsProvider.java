package dev.stretcher.sources.internal.consul;

import dev.stretcher.spi.EventSource;
import dev.stretcher.spi.EventSourceProvider;
import java.net.URI;
import java.util.Map;
import java.util.Set;

/** Opens {@code consul://HOST:PORT/NAME}, the user events of that name. Thread-safe. */
public final class ConsulEventsProvider implements EventSourceProvider {
  @Override
  public Set<String> schemes() {
    return Set.of(ConsulStoreProvider.SCHEME);
  }

  @Override
  public EventSource open(URI address, Map<String, String> environment) {
    ConsulAddress consul = ConsulAddress.parse(address, environment);
    if (consul.path().isEmpty()) {
      throw new IllegalArgumentException(
          consul.name() + " names no event; expected consul://HOST:PORT/NAME");
    }
    return new ConsulEvents(
        new ConsulClient(consul, environment, ConsulStoreProvider.TIMEOUTS),
        ConsulStoreProvider.pace(),
        consul.path());
  }
}
