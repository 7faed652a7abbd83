package dev.stretcher.sources.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.sources.HttpSource;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.RetryLaterException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final String DATE = "Wed, 25 Nov 2026 10:00:00 GMT";

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void anAnswerSaysWhenToAskAgain(int status) {
    server.enqueue(new MockResponse.Builder().code(status).addHeader("Retry-After", "17").build());

    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            RetryLaterException.class,
            e -> assertThat(e.getWait()).isEqualTo(Duration.ofSeconds(17)))
        .hasMessageContaining("HTTP " + status);
  }

  @Test
  void aRefusalIsFinalNevertheless() {
    server.enqueue(new MockResponse.Builder().code(403).addHeader("Retry-After", "17").build());

    assertThatThrownBy(this::open).isInstanceOf(AccessDeniedException.class);
  }

  @Test
  void aDateIsOneOfTheServersClock() {
    assertThat(
            RetryAfter.of(Headers.of("Retry-After", "Wed, 25 Nov 2026 10:02:00 GMT", "Date", DATE)))
        .hasValue(Duration.ofMinutes(2));
    assertThat(
            RetryAfter.of(Headers.of("Retry-After", "Wed, 25 Nov 2026 09:00:00 GMT", "Date", DATE)))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-1", "12345678901234567890"})
  void whatIsNeitherIsIgnored(String value) {
    assertThat(RetryAfter.of(Headers.of("Retry-After", value))).isEmpty();
  }

  private void open() throws IOException, InterruptedException {
    try (HttpSource source = new HttpSource()) {
      source.open(server.url("/a").uri(), FetchRequest.all("test")).close();
    }
  }
}
