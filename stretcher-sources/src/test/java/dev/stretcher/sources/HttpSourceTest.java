package dev.stretcher.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSourceTest {
  private final MockWebServer server = new MockWebServer();
  private final HttpSource source = new HttpSource();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    source.close();
    server.close();
  }

  @Test
  void introducesItselfAndAsksForTheBytesAsTheyAre() throws Exception {
    answer(200);

    source.open(uri("/a"), FetchRequest.all("Stretcher/1.2")).close();

    RecordedRequest request = server.takeRequest();
    assertThat(request.getHeaders().get("User-Agent")).isEqualTo("Stretcher/1.2");
    assertThat(request.getHeaders().get("Accept-Encoding")).isEqualTo("identity");
    assertThat(request.getHeaders().get("Range")).isNull();
    assertThat(request.getHeaders().get("Authorization")).isNull();
  }

  @Test
  void leavesACompressedBodyAsItIs() throws Exception {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(new byte[1000]);
    }
    server.enqueue(
        new MockResponse.Builder()
            .addHeader("Content-Encoding", "gzip")
            .body(new Buffer().write(zipped.toByteArray()))
            .build());

    try (Content content = source.open(uri("/a.tar.gz"), FetchRequest.all("test"))) {
      assertThat(content.body().readAllBytes()).isEqualTo(zipped.toByteArray());
      assertThat(content.totalLength()).hasValue(zipped.size());
    }
  }

  @Test
  void sendsUserInformationAsBasicAuthenticationOnly() throws Exception {
    answer(200);

    source.open(withUser("/a"), FetchRequest.all("test")).close();

    RecordedRequest request = server.takeRequest();
    // me:p@ss in base64.
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Basic bWU6cEBzcw==");
    assertThat(request.getRequestLine()).isEqualTo("GET /a HTTP/1.1");
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void takesAMissingObjectForMissing(int status) {
    answer(status);

    assertThat(failure("/a")).isInstanceOf(NoSuchFileException.class).hasMessageContaining("HTTP");
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 304, 305, 400, 401, 403, 412, 416, 418, 451})
  void takesARefusalForFinal(int status) {
    answer(status);

    assertThat(failure("/a"))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("HTTP " + status);
  }

  // 408 and 503 are repeated once by OkHttp.
  @ParameterizedTest
  @ValueSource(ints = {201, 202, 203, 204, 206, 408, 425, 429, 500, 502, 503, 504})
  void takesOtherAnswersForPassing(int status) {
    answer(status);
    answer(status);

    assertThat(failure("/a")).isExactlyInstanceOf(IOException.class).message().isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 202, 203, 204})
  void noOtherSuccessIsAPart(int status) {
    server.enqueue(
        new MockResponse.Builder()
            .code(status)
            .addHeader("Content-Range", "bytes 4-9/10")
            .body(status == 204 ? "" : "456789")
            .build());

    assertThat(catchThrowable(() -> source.open(uri("/a"), from(4))))
        .isExactlyInstanceOf(IOException.class)
        .hasMessageContaining("HTTP " + status)
        .hasMessageEndingWith(", but 200 was expected");
  }

  @Test
  void saysWhichStatusCameForWhichUrlWithoutItsSecrets() {
    server.enqueue(new MockResponse.Builder().status("HTTP/1.1 403 For\u0007bidden").build());

    Throwable failure = catchThrowable(() -> source.open(withUser("/a?sig=5"), all()));

    assertThat(failure)
        .hasMessage(uri("/a") + ": HTTP 403 For\\x07bidden; check that this machine may read it");
  }

  @Test
  void refusesWhatIsNotAWebAddress() {
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> source.open(URI.create("http:///path?s=5"), all()))
        .withMessage("http:///path: not a web address; write https://host/path");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes 4-9/10   | 6 | the range that was asked for | false",
        "bytes 4-9/*    | 6 | and a total that is not known | false",
        "bytes 3-9/10   | 7 | another start | true",
        "bytes 4-9/10   | 5 | another length | true",
        "bytes 4-9/9    | 6 | more than the object has | true",
        "bytes 9-4/10   | 6 | an end before the start | true",
        "items 4-9/10   | 6 | another unit | true",
        "nonsense       | 6 | no range | true",
      })
  void aPartOtherThanTheOneThatWasAskedForIsReplacedByTheWholeObject(
      String header, int length, String what, boolean wrong) throws Exception {
    server.enqueue(
        new MockResponse.Builder()
            .code(206)
            .addHeader("Content-Range", header)
            .body(new Buffer().write(new byte[length]))
            .build());

    server.enqueue(new MockResponse.Builder().body("0123456789").build());

    try (Content content = source.open(uri("/a"), from(4))) {
      assertThat(content.firstByte()).as(what).isEqualTo(wrong ? 0 : 4);
      assertThat(content.body().readAllBytes()).hasSize(wrong ? 10 : 6);
    }
  }

  @Test
  void readsTheWholeObjectFromAServerWithoutRanges() throws Exception {
    server.enqueue(new MockResponse.Builder().body("0123456789").build());

    try (Content content = source.open(uri("/a"), from(4))) {
      assertThat(content.firstByte()).isZero();
      assertThat(content.body().readAllBytes()).hasSize(10);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 405, 406, 412, 416, 418, 451, 501, 505})
  void asksForTheWholeObjectOnceWhenARangeIsRefused(int status) throws Exception {
    answer(status);
    server.enqueue(new MockResponse.Builder().body("short").build());

    try (Content content =
        source.open(
            uri("/a"), new FetchRequest(ByteRange.from(9), Optional.of("\"v1\""), "test"))) {
      assertThat(content.firstByte()).isZero();
      assertThat(content.body().readAllBytes()).hasSize(5);
    }
    RecordedRequest first = server.takeRequest();
    assertThat(first.getHeaders().get("Range")).isEqualTo("bytes=9-");
    assertThat(first.getHeaders().get("If-Range")).isEqualTo("\"v1\"");
    RecordedRequest second = server.takeRequest();
    assertThat(second.getHeaders().get("Range")).isNull();
    assertThat(second.getHeaders().get("If-Range")).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 404, 407, 410, 425, 429, 502, 503})
  void aRangeIsNotToBlameForOtherRefusals(int status) {
    answer(status);

    assertThat(catchThrowable(() -> source.open(uri("/a"), from(4))))
        .isInstanceOf(IOException.class);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void aRefusalOfTheWholeObjectIsTheError() {
    answer(416);
    answer(403);

    assertThat(catchThrowable(() -> source.open(uri("/a"), from(4))))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("HTTP 403");
  }

  private void answer(int status) {
    server.enqueue(new MockResponse.Builder().code(status).build());
  }

  private Throwable failure(String path) {
    return catchThrowable(() -> source.open(uri(path), all()));
  }

  private URI uri(String path) {
    return server.url(path).uri();
  }

  private URI withUser(String path) {
    return URI.create(uri(path).toString().replace("http://", "http://me:p%40ss@"));
  }

  private static FetchRequest all() {
    return FetchRequest.all("test");
  }

  private static FetchRequest from(long first) {
    return new FetchRequest(ByteRange.from(first), Optional.empty(), "test");
  }
}
