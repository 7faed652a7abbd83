package dev.stretcher.sources.internal.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.EventSource;
import dev.stretcher.testing.consul.ConsulDouble;
import dev.stretcher.testing.consul.ConsulFault;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConsulEventsTest {
  private ConsulDouble consul;
  private EventSource events;

  @BeforeEach
  void start() throws Exception {
    consul = ConsulDouble.start();
    events = new ConsulEventsProvider().open(URI.create(consul.address() + "/deploy"), Map.of());
  }

  @AfterEach
  void stop() throws Exception {
    events.close();
    consul.close();
  }

  @Test
  void ofSeveralEventsTheNewestCountsAndEachOnce() throws Exception {
    fire("https://host/1.yml");
    fire("https://host/2.yml");
    assertThat(next()).isEqualTo("https://host/2.yml");
    Fired.event(consul.port(), "other", "https://host/other.yml");
    FutureTask<String> waiting = waiting();

    fire("https://host/3.yml");

    assertThat(waiting.get()).isEqualTo("https://host/3.yml");
  }

  @Test
  void anEventHasItsIdAndItsName() throws Exception {
    fire("https://host/1.yml");

    DeployRequest request = events.next().orElseThrow();

    assertThat(request.origin()).isInstanceOf(DeployRequest.Consul.class);
    assertThat(request.eventId()).isPresent();
    assertThat(request.toString()).contains("name=deploy");
  }

  @Test
  void aConsulThatWasAwayBringsNoEventAgain() throws Exception {
    fire("https://host/1.yml");
    next();
    consul.fault(ConsulFault.NO_LEADER);
    assertThatThrownBy(events::next)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot read events deploy: HTTP 500");
    consul.heal();
    FutureTask<String> waiting = waiting();

    fire("https://host/2.yml");

    assertThat(waiting.get()).isEqualTo("https://host/2.yml");
  }

  @Test
  void anAgentOfConsulThatForgotItsEventsHasNewOnes() throws Exception {
    fire("https://host/1.yml");
    next();
    FutureTask<String> waiting = waiting();

    consul.empty();
    fire("https://host/1.yml");

    assertThat(waiting.get()).isEqualTo("https://host/1.yml");
  }

  @Test
  void aPageIsNoEvent() {
    consul.fault(ConsulFault.HTML);

    assertThatThrownBy(events::next)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("check the address");
  }

  private void fire(String payload) throws IOException {
    Fired.event(consul.port(), "deploy", payload);
  }

  private String next() throws Exception {
    return events.next().orElseThrow().manifest().toString();
  }

  /** Starts a thread that waits, and returns when Consul lets it. */
  private FutureTask<String> waiting() throws Exception {
    FutureTask<String> waiting = new FutureTask<>(this::next);
    new Thread(waiting).start();
    consul.awaitWaiting(1);
    return waiting;
  }
}
