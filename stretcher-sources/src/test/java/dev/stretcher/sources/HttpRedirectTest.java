package dev.stretcher.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stretcher.sources.internal.http.Redirection;
import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.HttpUrl;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRedirectTest {
  private static final FetchRequest ALL = FetchRequest.all("test");

  private final MockWebServer server = new MockWebServer();
  private final MockWebServer other = new MockWebServer();
  private final HttpSource source = new HttpSource();

  @BeforeEach
  void start() throws IOException {
    server.start();
    other.start();
  }

  @AfterEach
  void stop() {
    source.close();
    server.close();
    other.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void followsWithTheSameRequest(int status) throws Exception {
    redirect(server, status, "../b?c=d#e");
    server.enqueue(new MockResponse.Builder().body("body").build());
    FetchRequest request = new FetchRequest(ByteRange.from(1), Optional.of("\"v\""), "Stretcher/1");

    try (Content content = source.open(uri("/x/a"), request)) {
      assertThat(content.body().readAllBytes())
          .asString(StandardCharsets.US_ASCII)
          .isEqualTo("body");
    }
    server.takeRequest();
    var followed = server.takeRequest();
    assertThat(followed.getTarget()).isEqualTo("/b?c=d");
    assertThat(followed.getHeaders().get("Range")).isEqualTo("bytes=1-");
    assertThat(followed.getHeaders().get("If-Range")).isEqualTo("\"v\"");
    assertThat(followed.getHeaders().get("User-Agent")).isEqualTo("Stretcher/1");
  }

  @Test
  void followsTenTimesAndNotEleven() throws Exception {
    for (int i = 0; i < 10; i++) {
      redirect(server, 302, "/a");
    }
    server.enqueue(new MockResponse.Builder().build());
    source.open(uri("/a"), ALL).close();

    for (int i = 0; i < 11; i++) {
      redirect(server, 302, "/a");
    }
    assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(() -> source.open(uri("/a?x=secret"), ALL))
        .withMessage(uri("/a") + ": redirected more than 10 times; check for a loop");
  }

  @Test
  void sendsCredentialsToTheSameServerOnly() throws Exception {
    redirect(server, 302, "/b");
    redirect(server, 302, other.url("/c").toString());
    other.enqueue(new MockResponse.Builder().build());
    URI uri = URI.create(uri("/a").toString().replace("http://", "http://me:pass@"));

    source.open(uri, ALL).close();

    assertThat(server.takeRequest().getHeaders().get("Authorization")).startsWith("Basic ");
    assertThat(server.takeRequest().getHeaders().get("Authorization")).startsWith("Basic ");
    assertThat(other.takeRequest().getHeaders().get("Authorization")).isNull();
  }

  @Test
  void namesTheUrlThatItWasSentTo() {
    redirect(server, 302, "/b?signature=secret");
    server.enqueue(new MockResponse.Builder().code(404).build());

    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> source.open(uri("/a"), ALL))
        .withMessageContaining(uri("/b").toString())
        .withMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host/a", "file:///etc/passwd", "http://"})
  void goesNowhereButToWebAddresses(String location) {
    redirect(server, 302, location);

    assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(() -> source.open(uri("/a"), ALL))
        .withMessageContaining("HTTP 302")
        .withMessageContaining("to what is not a web address");
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 304, 305, 306})
  void otherStatusesAreNoRedirectsWhateverTheirLocation(int status) {
    redirect(server, status, other.url("/b").toString());

    assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(() -> source.open(uri("/a"), ALL))
        .withMessageContaining("HTTP " + status);
    assertThat(other.getRequestCount()).isZero();
  }

  @Test
  void needsALocation() {
    server.enqueue(new MockResponse.Builder().code(302).build());

    assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(() -> source.open(uri("/a"), ALL))
        .withMessageContaining("without a Location");
  }

  @Test
  void neverGoesFromHttpsToHttp() {
    assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(() -> Redirection.target(redirected("https://a/x", "http://a/y?s=secret")))
        .withMessageStartingWith("https://a/x: redirected from https to http, to http://a/y, ")
        .withMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "http://a/x,  https://b/y,  https://b/y",
    "https://a/x, https://b/y,  https://b/y",
    "https://a/x, //b/y,        https://b/y",
    "https://a/x, y,            https://a/y",
  })
  void goesAnywhereElse(String from, String location, String to) throws Exception {
    assertThat(Redirection.target(redirected(from, location))).hasToString(to);
  }

  @ParameterizedTest
  @CsvSource({
    "http://u@a/,       http://a/y,       true",
    "http://u@a/,       https://a/y,      true",
    "http://u@a:8080/,  https://a/y,      false",
    "http://u@a:8080/,  http://a:8081/y,  false",
    "https://u@a/,      https://b/y,      false",
    "https://u@a/,      https://a.b/y,    false",
    "https://a/,        https://v@b/y,    true",
    "https://a/,        https://a/y,      false",
  })
  void decidesWhoGetsCredentials(String origin, String url, boolean sent) {
    assertThat(Redirection.credentials(HttpUrl.get(origin), HttpUrl.get(url)).isPresent())
        .isEqualTo(sent);
  }

  private static Response redirected(String from, String location) {
    return new Response.Builder()
        .request(new Request.Builder().url(from).build())
        .protocol(Protocol.HTTP_2)
        .code(302)
        .message("")
        .header("Location", location)
        .build();
  }

  private static void redirect(MockWebServer server, int status, String location) {
    server.enqueue(new MockResponse.Builder().code(status).addHeader("Location", location).build());
  }

  private URI uri(String path) {
    return server.url(path).uri();
  }
}
