package dev.stretcher.sources.internal.consul;

import dev.stretcher.contract.EventSourceContract;
import dev.stretcher.spi.EventSource;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract with the events of a real Consul, where there is one. */
class ConsulEventsIT extends EventSourceContract {
  private static RealConsul consul;

  private final String event = "deploy-" + UUID.randomUUID();

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
  protected EventSource open() {
    return new ConsulEventsProvider().open(URI.create(consul.address() + "/" + event), Map.of());
  }

  @Override
  protected void send(URI manifest) throws Exception {
    Fired.event(consul.address().getPort(), event, manifest.toString());
    consul.awaitEvent(event, manifest.toString());
  }

  @Override
  protected void sendAgain() {
    // Consul still has it.
  }

  @Override
  protected void sendMalformed() throws Exception {
    Fired.event(consul.address().getPort(), event, "/etc/app.yml");
    consul.awaitEvent(event, "/etc/app.yml");
  }

  @Override
  protected Set<Capability> capabilities() {
    return Set.of(
        Capability.WAITS, Capability.IDS, Capability.UNHANDLED_AGAIN, Capability.MALFORMED);
  }
}
