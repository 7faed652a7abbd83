package dev.stretcher.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.stretcher.cli.http.Answer;
import dev.stretcher.cli.http.HttpPort;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.store.Change;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pages that do not behave. */
@Timeout(60)
class EventStreamsTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final int HOSTS = 2048;
  private static final int BATCH = 64;

  private ShownFleet fleet;
  private EventStreams streams;
  private HttpPort port;

  @BeforeEach
  void open() throws IOException {
    fleet = new ShownFleet();
    streams = new EventStreams(fleet.watch, Duration.ofMillis(100), 2);
    port = HttpPort.open(new InetSocketAddress(HERE, 0), this::handle);
  }

  private void handle(HttpExchange exchange) throws IOException {
    if (!streams.open(exchange, Optional.of("shop"))) {
      Answer.text(Answer.UNAVAILABLE, "too many\n").send(exchange);
    }
  }

  @AfterEach
  void close() {
    streams.close();
    port.close();
    fleet.close();
  }

  private Socket page() throws IOException {
    Socket page = new Socket();
    page.setReceiveBufferSize(2048);
    page.connect(port.address());
    page.getOutputStream()
        .write("GET / HTTP/1.0\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return page;
  }

  private static String firstLine(Socket page) throws IOException {
    return new String(page.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
  }

  /** Lets all hosts say much. */
  private void change(String text) throws Exception {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < HOSTS; i++) {
      String node = "web-" + i;
      HostStatus status =
          new HostStatus(
              node,
              ShownFleet.SHOP,
              1,
              Optional.empty(),
              HostState.FAILED,
              Optional.empty(),
              Instant.EPOCH,
              Optional.empty(),
              Optional.of(text.repeat(1500)),
              0,
              0,
              "");
      changes.add(Change.put(FleetKeys.host(node, ShownFleet.SHOP), status.json()));
      if (changes.size() == BATCH) {
        fleet.store.write(changes);
        changes.clear();
      }
    }
  }

  @Test
  void onePageThatDoesNotReadIsDropped() throws Exception {
    change("a");
    fleet.started();
    try (Socket page = page()) {
      assertThat(firstLine(page)).isEqualTo("HTTP/1.1 200");
      for (char each = 'b'; streams.count() > 0; each++) {
        change(String.valueOf(each));
      }
    }
    assertThat(streams.count()).isZero();
  }

  @Test
  void thereAreNotMorePagesThanThreads() throws Exception {
    streams.close();
    streams = new EventStreams(fleet.watch, Duration.ofMinutes(1), 2);
    fleet.started();
    try (Socket one = page();
        Socket two = page()) {
      assertThat(List.of(firstLine(one), firstLine(two))).containsOnly("HTTP/1.1 200");
      try (Socket three = page()) {
        assertThat(firstLine(three)).isEqualTo("HTTP/1.1 503");
      }
    }
  }
}
