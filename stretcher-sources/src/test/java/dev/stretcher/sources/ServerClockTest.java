package dev.stretcher.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.sources.setting.HttpHeader;
import dev.stretcher.sources.setting.HttpSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;

class ServerClockTest {
  private static final HttpSettings SETTINGS =
      HttpSettings.in(Map.of("TOKEN", "secret"))
          .withHeaders(List.of(HttpHeader.parse("Authorization=TOKEN")));

  @Test
  void isTheDateOfAnyAnswerAndNoLoginIsSent() throws Exception {
    try (MockWebServer server = new MockWebServer()) {
      server.start();
      URI uri = server.url("/a").uri();
      server.enqueue(
          new MockResponse.Builder()
              .code(401)
              .setHeader("Date", "Sat, 31 Jan 2026 14:04:05 GMT")
              .build());
      assertThat(ServerClock.of(uri, SETTINGS)).contains(Instant.parse("2026-01-31T14:04:05Z"));

      server.enqueue(new MockResponse.Builder().build());
      assertThat(ServerClock.of(uri, SETTINGS)).isEmpty();

      RecordedRequest request = server.takeRequest();
      assertThat(request.getMethod()).isEqualTo("HEAD");
      assertThat(request.getHeaders().get("Authorization")).isNull();
    }
  }

  @Test
  void isNotKnownOfAServerThatDoesNotAnswer() {
    assertThatThrownBy(() -> ServerClock.of(URI.create("http://127.0.0.1:1/"), SETTINGS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1");
  }
}
