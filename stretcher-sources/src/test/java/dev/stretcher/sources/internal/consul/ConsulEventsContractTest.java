package dev.stretcher.sources.internal.consul;

import dev.stretcher.contract.EventSourceContract;
import dev.stretcher.spi.EventSource;
import dev.stretcher.testing.consul.ConsulDouble;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class ConsulEventsContractTest extends EventSourceContract {
  private ConsulDouble consul;

  @BeforeEach
  void start() throws Exception {
    consul = ConsulDouble.start();
  }

  @AfterEach
  void stop() throws Exception {
    consul.close();
  }

  @Override
  protected EventSource open() {
    return new ConsulEventsProvider().open(URI.create(consul.address() + "/deploy"), Map.of());
  }

  @Override
  protected void send(URI manifest) throws Exception {
    Fired.event(consul.port(), "deploy", manifest.toString());
  }

  @Override
  protected void sendAgain() {
    // Consul still has it.
  }

  @Override
  protected void sendMalformed() throws Exception {
    Fired.event(consul.port(), "deploy", "/etc/app.yml");
  }

  @Override
  protected Set<Capability> capabilities() {
    return Set.of(
        Capability.WAITS, Capability.IDS, Capability.UNHANDLED_AGAIN, Capability.MALFORMED);
  }
}
