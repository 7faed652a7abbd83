package dev.stretcher.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.spi.Content;
import dev.stretcher.spi.RetryLaterException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers, and caches before them, do wrong: a fetch ends with the bytes or with an error. */
class FaultyAnswersTest {
  private final ObjectServer objects;
  private final MockWebServer server = new MockWebServer();
  private final HttpSource source = new HttpSource();
  private final Fetching fetching = new Fetching();
  private final byte[] object = new byte[8_000_000];
  private final AtomicInteger requests = new AtomicInteger();
  private IntFunction<@Nullable MockResponse> instead = number -> null;
  private Optional<Integer> refusal = Optional.empty();
  private Predicate<RecordedRequest> refused = request -> true;
  private Predicate<RecordedRequest> withoutRange = request -> false;

  FaultyAnswersTest() throws IOException {
    objects = new ObjectServer();
    new Random(1).nextBytes(object);
    objects.put("app.tar.gz", object);
  }

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            MockResponse other = instead.apply(requests.incrementAndGet());
            if (other != null) {
              return other;
            }
            boolean ranged = request.getHeaders().get("Range") != null;
            if (ranged && refusal.isPresent() && refused.test(request)) {
              return status(refusal.get()).build();
            }
            return withoutRange.test(request) ? objects.whole(request) : objects.dispatch(request);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    source.close();
    server.close();
    objects.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {502, 503, 504, 429})
  void aServerThatIsBusyIsAskedAgain(int status) throws Exception {
    instead = number -> number <= 2 ? status(status).build() : null;

    fetch(2, 4);

    assertThat(fetching.bytes()).isEqualTo(object);
    assertThat(fetching.retries()).hasSize(2).first().asString().contains("HTTP " + status);
  }

  @Test
  void theLastAnswerOfABusyServerIsTheError() {
    instead = number -> status(503).build();

    assertThatThrownBy(() -> fetch(2, 4)).hasMessageContaining("HTTP 503");
    assertThat(requests).hasValue(3);
  }

  @Test
  void theServerSaysHowLongToWait() throws Exception {
    instead = number -> number == 1 ? status(503).addHeader("Retry-After", "1").build() : null;

    fetch(1, 4);

    assertThat(fetching.bytes()).isEqualTo(object);
    assertThat(fetching.waits()).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void withoutRetriesTheErrorIsThatOfTheServer() {
    instead = number -> status(429).addHeader("Retry-After", "3600").build();

    assertThatThrownBy(() -> fetch(0, 4)).isInstanceOf(RetryLaterException.class);
    assertThat(requests).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aServerThatIgnoresRangesIsReadInOneGo(int connections) throws Exception {
    withoutRange = request -> true;

    fetch(0, connections);

    assertThat(fetching.bytes()).isEqualTo(object);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 416, 501})
  void aServerThatRefusesTheEndIsAskedForAll(int status) throws Exception {
    refusal = Optional.of(status);

    assertThat(end(1000)).isEqualTo(object);
    assertThat(requests).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes 0-999/8000000",
        "bytes 7999000-7999999/*",
        "bytes 7999000-7999998/8000000",
        "bytes 7998000-7998999/8000000",
        "bytes 7999001-7999999/8000000",
        "bytes 1-1000/1000",
        "octets 7999000-7999999/8000000",
        ""
      })
  void anotherPartThanTheEndIsNotTakenForIt(String range) throws Exception {
    instead =
        number ->
            number > 1
                ? null
                : status(206)
                    .setHeader("Content-Range", range)
                    .body(new Buffer().write(new byte[1000]))
                    .build();

    assertThat(end(1000)).isEqualTo(object);
    assertThat(requests).hasValue(2);
  }

  @Test
  void theWholeObjectIsTakenForItsEnd() throws Exception {
    withoutRange = request -> true;

    assertThat(end(1000)).isEqualTo(object);
    assertThat(requests).hasValue(1);
  }

  @Test
  void aWeakTagDoesNotNameTheVersionOfAnEnd() throws Exception {
    instead =
        number ->
            status(206)
                .setHeader("Content-Range", "bytes 9-9/10")
                .setHeader("ETag", "W/\"v1\"")
                .body("a")
                .build();

    try (Content content = source.openEnd(uri(), 1, "test").orElseThrow()) {
      assertThat(content.firstByte()).isEqualTo(9);
      assertThat(content.validator()).isEmpty();
    }
  }

  private byte[] end(long bytes) throws Exception {
    try (Content content = source.openEnd(uri(), bytes, "test").orElseThrow()) {
      assertThat(content.firstByte()).isZero();
      return content.body().readAllBytes();
    }
  }

  @Test
  void aServerThatForgetsRangesOnTheWayIsReadInOneGo() throws Exception {
    withoutRange = request -> !String.valueOf(request.getHeaders().get("Range")).contains("=0-");

    fetch(1, 4);

    assertThat(fetching.bytes()).isEqualTo(object);
  }

  @Test
  void anObjectThatIsReplacedOnTheWayIsFetchedAnew() throws Exception {
    byte[] other = new byte[7_000_000];
    new Random(2).nextBytes(other);
    instead =
        number -> {
          if (number == 3) {
            objects.put("app.tar.gz", other);
          }
          return null;
        };

    fetch(1, 4);

    assertThat(fetching.bytes()).isEqualTo(other);
  }

  @Test
  void aRedirectLoopIsFinal() {
    instead = number -> status(302).addHeader("Location", "/app.tar.gz").build();

    assertThatThrownBy(() -> fetch(3, 4))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("check for a loop");
    assertThat(requests).hasValue(11);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "8000001"})
  void aWrongLengthIsAnError(String length) throws Exception {
    try (RawServer raw =
        RawServer.saying("HTTP/1.1 200 OK", "Content-Length: " + length, "", "0123456789abc")) {
      if (length.equals("10")) {
        // What is behind the announced end does not belong to the body.
        fetching.fetch(source, raw.uri("http", "/a"), 0, 4);
        assertThat(fetching.bytes()).hasSize(10);
      } else {
        assertThatThrownBy(() -> fetching.fetch(source, raw.uri("http", "/a"), 0, 4))
            .hasMessageContaining("after 13 of 8000001 bytes");
      }
    }
  }

  @Test
  void chunksThatBreakOffAreAnError() throws Exception {
    try (RawServer raw =
        RawServer.saying("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", "a", "0123")) {
      assertThatThrownBy(() -> fetching.fetch(source, raw.uri("http", "/a"), 1, 4))
          .hasMessageContaining("the transfer broke off after 4 bytes");
      assertThat(fetching.retries()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes 5-9/20", "bytes 0-99/*", "pages 1-2/3", ""})
  void aPartThatWasNotAskedForIsReplacedByTheWholeObject(String range) throws Exception {
    instead =
        number ->
            number == 1
                ? status(206).addHeader("Content-Range", range).body("01234").build()
                : null;

    fetch(0, 4);

    assertThat(fetching.bytes()).isEqualTo(object);
    assertThat(requests).hasValue(2);
  }

  @ParameterizedTest
  @CsvSource({
    "400, 0", "403, 0", "406, 0", "416, 0", "500, 0", "501, 0", "429, 2", "502, 2", "503, 2"
  })
  void aServerThatRefusesRangesIsReadInOneGo(int status, int retries) throws Exception {
    refusal = Optional.of(status);

    fetch(retries, 4);

    assertThat(fetching.bytes()).isEqualTo(object);
    assertThat(requests).hasValue(retries == 0 ? 2 : 3);
  }

  /** As a proxy that knows the beginning of an object, and no other range. */
  @ParameterizedTest
  @CsvSource({"400, 0", "403, 0", "500, 0", "429, 2", "502, 2", "503, 2"})
  void aServerThatRefusesAllRangesButTheFirstIsReadInOneGo(int status, int retries)
      throws Exception {
    refusal = Optional.of(status);
    refused = request -> !String.valueOf(request.getHeaders().get("Range")).contains("=0-");

    fetch(retries, 4);

    assertThat(fetching.bytes()).isEqualTo(object);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aPartThatIsEverythingIsTheWholeObject(int connections) throws Exception {
    instead =
        number ->
            status(206)
                .addHeader("Content-Range", "bytes 0-7999999/8000000")
                .body(new okio.Buffer().write(object))
                .build();

    fetch(0, connections);

    assertThat(fetching.bytes()).isEqualTo(object);
  }

  @Test
  void aPartThatIsNotEverythingIsRefused() {
    instead = number -> status(206).addHeader("Content-Range", "bytes 0-4/6").body("01234").build();

    assertThatThrownBy(() -> fetch(0, 1)).hasMessageContaining("a part of it came");
  }

  private void fetch(int retry, int connections) throws Exception {
    fetching.fetch(source, uri(), retry, connections);
  }

  private URI uri() {
    return URI.create(server.url("/app.tar.gz").toString());
  }

  private static MockResponse.Builder status(int code) {
    return new MockResponse.Builder().code(code);
  }
}
