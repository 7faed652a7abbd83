package dev.stretcher.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.sources.internal.gs.GcsObjects;
import dev.stretcher.sources.internal.gs.GcsTokens;
import dev.stretcher.sources.setting.HttpSettings;
import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.RetryLaterException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of Cloud Storage, and what its answers mean to an operator. */
class GcsSourceTest {
  private static final FetchRequest ALL = FetchRequest.all("Stretcher/1.2");

  private final GcsServer server = new GcsServer();

  GcsSourceTest() throws IOException {}

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void asksForWhatIsStoredAndIntroducesItself() throws Exception {
    server.put("my_bucket", "a dir//x+y%#?ü", bytes("hello"));

    assertThat(read(anonymous(), "gs://my_bucket/a%20dir//x+y%25%23%3F%C3%BC")).isEqualTo("hello");

    RecordedRequest request = server.requests().get(0);
    assertThat(request.getHeaders().get("User-Agent")).isEqualTo("Stretcher/1.2");
    assertThat(request.getHeaders().get("Accept-Encoding")).isEqualTo("gzip");
    assertThat(request.getHeaders().get("Authorization")).isNull();
    assertThat(request.getTarget())
        .startsWith("/storage/v1/b/my_bucket/o/a%20dir%2F%2Fx+y%25%23%3F%C3%BC?alt=media");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?generation=", "#"})
  void asksForAGeneration(String form) throws Exception {
    long old = server.put("bucket", "object", bytes("old"));
    server.put("bucket", "object", bytes("new"));

    assertThat(read(anonymous(), "gs://bucket/object" + form + old)).isEqualTo("old");
    assertThat(read(anonymous(), "gs://bucket/object")).isEqualTo("new");
  }

  @Test
  void theEmulatorMayBeNamedWithoutAScheme() throws Exception {
    server.put("bucket", "object", bytes("hello"));
    try (GcsSource source =
        new GcsSource(HttpSettings.in(Map.of("STORAGE_EMULATOR_HOST", server.host())))) {
      assertThat(read(source, "gs://bucket/object")).isEqualTo("hello");
    }
  }

  @Test
  void aTokenIsSent() throws Exception {
    server.require("t0ken");
    server.put("bucket", "object", bytes("private"));

    assertThat(read(with(stale -> Optional.of("t0ken")), "gs://bucket/object"))
        .isEqualTo("private");
  }

  @Test
  void aTokenThatIsRefusedIsReplacedOnce() throws Exception {
    server.require("fresh");
    server.put("bucket", "object", bytes("private"));

    assertThat(
            read(
                with(stale -> Optional.of(stale.isPresent() ? "fresh" : "t0ken")),
                "gs://bucket/object"))
        .isEqualTo("private");
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void aTokenThatIsRefusedTwiceIsAnErrorWithoutIt() {
    server.require("other");
    AtomicInteger asked = new AtomicInteger();

    assertThatThrownBy(
            () -> read(with(stale -> Optional.of("t0ken" + asked.incrementAndGet())), "gs://b/o"))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageStartingWith("gs://b/o: HTTP 401")
        .hasMessageContaining("Invalid Credentials")
        .hasMessageContaining("Storage Object Viewer")
        .satisfies(e -> assertThat(e.toString()).doesNotContain("t0ken"));
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void withoutCredentialsItSaysWhatWasTried() {
    server.require("t0ken");

    assertThatThrownBy(() -> read(anonymous(), "gs://bucket/object"))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("Anonymous caller")
        .hasMessageContaining("tried GOOGLE_APPLICATION_CREDENTIALS")
        .hasMessageContaining("metadata server");
  }

  @Test
  void whatIsMissingIsFinal() {
    assertThatThrownBy(() -> read(anonymous(), "gs://bucket/object?generation=1"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageStartingWith("gs://bucket/object: HTTP 404")
        .hasMessageContaining("No such object: bucket");
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503})
  void whatMayPassIsLeftToTheEngine(int status) throws Exception {
    try (MockWebServer busy = new MockWebServer()) {
      busy.start();
      busy.enqueue(new MockResponse.Builder().code(status).body("<html>busy\nvery").build());
      busy.enqueue(new MockResponse.Builder().code(status).body("<html>busy\nvery").build());
      try (GcsSource source = of(busy)) {
        assertThatThrownBy(() -> read(source, "gs://bucket/object"))
            .isExactlyInstanceOf(IOException.class)
            .hasMessageStartingWith("gs://bucket/object: HTTP " + status)
            .hasMessageEndingWith("<html>busy");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 412, 416, 501, 206})
  void aRangeThatIsRefusedIsReplacedByTheWholeObject(int status) throws Exception {
    try (MockWebServer picky = new MockWebServer()) {
      picky.start();
      picky.enqueue(new MockResponse.Builder().code(status).body("no ranges here").build());
      picky.enqueue(new MockResponse.Builder().body("0123456789").build());
      FetchRequest rest = new FetchRequest(ByteRange.from(3), Optional.empty(), "test");
      try (GcsSource source = of(picky);
          Content content = source.open(URI.create("gs://bucket/key"), rest)) {
        assertThat(content.firstByte()).isZero();
        assertThat(content.body().readAllBytes()).hasSize(10);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 202, 203, 204, 206, 300, 304, 305})
  void onlyTheWholeObjectIsTheWholeObject(int status) throws Exception {
    try (MockWebServer odd = new MockWebServer()) {
      odd.start();
      odd.enqueue(
          new MockResponse.Builder()
              .code(status)
              .addHeader("Location", odd.url("/elsewhere"))
              .build());
      try (GcsSource source = of(odd)) {
        assertThatThrownBy(() -> read(source, "gs://bucket/object"))
            .isInstanceOf(IOException.class);
      }
      assertThat(odd.getRequestCount()).isEqualTo(1);
    }
  }

  private static GcsSource of(MockWebServer server) {
    return new GcsSource(
        new GcsObjects(HttpSettings.in(Map.of()), server.url("/"), GcsTokens.NONE));
  }

  @Test
  void theServerSaysWhenToAskAgain() throws Exception {
    try (MockWebServer busy = new MockWebServer()) {
      busy.start();
      busy.enqueue(new MockResponse.Builder().code(429).addHeader("Retry-After", "9").build());
      try (GcsSource source = of(busy)) {
        assertThatThrownBy(() -> read(source, "gs://bucket/key"))
            .isInstanceOf(RetryLaterException.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gs://bucket", "gs://bucket/", "gs:/object", "gs:///object"})
  void whatNamesNoObjectIsRefused(String url) {
    assertThatThrownBy(() -> read(anonymous(), url))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("write gs://bucket/key");
  }

  @Test
  void anUpdateByATableOfContentsFetchesWhatChanged(@TempDir Path directory) throws Exception {
    try (TocDeploys deploys = new TocDeploys(directory, anonymous(), this::publish)) {
      deploys.assertUpdateFetchesWhatChanged();
    }
  }

  @Test
  void anArchiveThatIsReplacedAfterItsTableOfContentsIsNotMixed(@TempDir Path directory)
      throws Exception {
    try (TocDeploys deploys = new TocDeploys(directory, anonymous(), this::publish)) {
      deploys.assertReplacedArchiveIsNotMixed();
    }
  }

  private URI publish(byte[] archive) {
    server.put("bucket", "app.tar.gz", archive);
    return URI.create("gs://bucket/app.tar.gz");
  }

  private GcsSource anonymous() {
    return with(GcsTokens.NONE);
  }

  private GcsSource with(GcsTokens tokens) {
    return new GcsSource(new GcsObjects(HttpSettings.in(Map.of()), server.endpoint(), tokens));
  }

  private static String read(GcsSource source, String url) throws Exception {
    try (source;
        Content content = source.open(URI.create(url), ALL)) {
      return new String(content.body().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
