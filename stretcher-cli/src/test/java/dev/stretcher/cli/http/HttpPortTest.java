package dev.stretcher.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.cli.flag.UsageException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server that an agent and the dashboard share. */
@Timeout(60)
class HttpPortTest {
  private static final InetSocketAddress FREE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final List<Socket> slow = new ArrayList<>();

  @AfterEach
  void closeSlowClients() throws IOException {
    for (Socket each : slow) {
      each.close();
    }
  }

  @Test
  void withoutAHostItListensToThisMachineOnly() throws UsageException {
    assertThat(HttpPort.address("8791").getHostString()).isEqualTo("127.0.0.1");
    assertThat(HttpPort.address(":8791").getHostString()).isEqualTo("127.0.0.1");
    assertThat(HttpPort.address("[::1]:8791").getHostString()).contains(":1");
    assertThat(HttpPort.address("0.0.0.0:8791").getPort()).isEqualTo(8791);
    for (String wrong : List.of("h", "h:", "h:99999", "")) {
      assertThatThrownBy(() -> HttpPort.address(wrong)).hasMessageContaining("HOST:PORT");
    }
  }

  @Test
  void clientsThatSendHalfARequestDoNotKeepOthersOut() throws Exception {
    try (HttpPort port = open(Duration.ofMillis(50))) {
      sendHalfRequests(port);
      String answer = "";
      // On a busy machine, a good client may be too slow as well.
      while (answer.isEmpty()) {
        answer = answer(port);
      }
      assertThat(answer).contains("200 OK", "nosniff").endsWith("here");
      for (Socket each : slow) {
        assertThat(read(each)).isEmpty();
      }
    }
  }

  @Test
  void whoeverAsksNeedNotWaitUntilHalfRequestsHaveHadTheirTime() throws Exception {
    try (HttpPort port = open(Duration.ofDays(1))) {
      sendHalfRequests(port);
      assertThat(answer(port)).endsWith("here");
    }
  }

  private static HttpPort open(Duration longest) throws IOException {
    return HttpPort.open(FREE, exchange -> Answer.text(Answer.OK, "here").send(exchange), longest);
  }

  private void sendHalfRequests(HttpPort port) throws IOException {
    for (int i = 0; i < 20; i++) {
      slow.add(request(port, "GET / HTTP/1.1\r\nHo"));
    }
  }

  private static String answer(HttpPort port) throws IOException {
    try (Socket good = request(port, "GET / HTTP/1.0\r\nHost: localhost\r\n\r\n")) {
      return read(good);
    }
  }

  private static Socket request(HttpPort port, String text) throws IOException {
    Socket socket = new Socket(port.address().getAddress(), port.address().getPort());
    // No interrupt ends a read.
    socket.setSoTimeout(30_000);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String read(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void namesOfThisMachineAreToldFromOthers() {
    assertThat(List.of("localhost", "LOCALHOST:80", "127.0.0.1:8790", "127.1.2.3", "[::1]:1"))
        .allMatch(LoopbackNames::isOneOf);
    assertThat(List.of("", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80"))
        .noneMatch(LoopbackNames::isOneOf);
    assertThat(LoopbackNames.isOneOf(null)).isFalse();
  }
}
