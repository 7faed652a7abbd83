package dev.stretcher.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of S3, and what its answers mean to an operator. */
class S3SourceTest {
  private static final FetchRequest ALL = FetchRequest.all("Stretcher/1.2");

  private final MockWebServer server = new MockWebServer();
  private final S3Source source = new S3Source();
  private S3Fixture fixture;

  @BeforeEach
  void start() throws IOException {
    server.start();
    fixture = S3Fixture.at(server.url("/").uri());
  }

  @AfterEach
  void stop() {
    source.close();
    fixture.close();
    server.close();
  }

  @Test
  void introducesItselfAndTheBucketIsPartOfThePath() throws Exception {
    server.enqueue(new MockResponse.Builder().body("hello").build());

    assertThat(read(source, "s3://my.bucket/some%20key")).isEqualTo("hello");

    RecordedRequest request = server.takeRequest();
    assertThat(request.getTarget()).isEqualTo("/my.bucket/some%20key");
    assertThat(request.getHeaders().get("User-Agent")).contains("Stretcher/1.2");
    assertThat(request.getHeaders().get("Authorization")).startsWith("AWS4-HMAC-SHA256 ");
    assertThat(request.getHeaders().get("x-amz-request-payer")).isNull();
  }

  @Test
  void asksForAVersion() throws Exception {
    server.enqueue(new MockResponse.Builder().body("old").build());

    assertThat(read(source, "s3://bucket/key?versionId=a%2Fb+c")).isEqualTo("old");

    assertThat(server.takeRequest().getUrl().queryParameter("versionId")).isEqualTo("a/b+c");
  }

  @Test
  void paysAsTheRequesterIfAskedTo() throws Exception {
    server.enqueue(new MockResponse.Builder().body("dear").build());
    try (S3Source paying = new S3Source(new S3Source.Settings(true), HttpSettings.in(Map.of()))) {
      assertThat(read(paying, "s3://bucket/key")).isEqualTo("dear");
    }

    assertThat(server.takeRequest().getHeaders().get("x-amz-request-payer")).isEqualTo("requester");
  }

  @Test
  void goesToTheRegionOfTheBucket() throws Exception {
    String region = "eu-central-1";
    server.enqueue(
        error(301, "PermanentRedirect").addHeader("x-amz-bucket-region", region).build());
    server.enqueue(new MockResponse.Builder().body("there").build());

    assertThat(read(source, "s3://bucket/key")).isEqualTo("there");

    assertThat(server.takeRequest().getHeaders().get("Authorization")).contains("/us-east-1/s3/");
    assertThat(server.takeRequest().getHeaders().get("Authorization")).contains("/" + region + "/");
  }

  @ParameterizedTest
  @CsvSource({
    "404, NoSuchKey, there is no such key in the bucket",
    "404, NoSuchVersion, there is no such version",
    "404, NoSuchBucket, there is no such bucket; check the URL and AWS_ENDPOINT_URL_S3",
    "404, '', not found; check the URL"
  })
  void whatIsMissingIsFinal(int status, String code, String message) {
    assertThat(failureAfter(status, code))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageStartingWith("s3://bucket/key: " + message);
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied, s3:GetObject",
    "403, InvalidAccessKeyId, check AWS_ACCESS_KEY_ID",
    "403, SignatureDoesNotMatch, check AWS_SECRET_ACCESS_KEY",
    "400, ExpiredToken, get new credentials",
    "403, RequestTimeTooSkewed, the clock of this machine is wrong",
    "403, InvalidObjectState, restore it first",
    "400, Whatever, S3 answered HTTP 400 Whatever: It says why"
  })
  void aRefusalIsFinalAndHasARemedy(int status, String code, String remedy) {
    assertThat(failureAfter(status, code))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageStartingWith("s3://bucket/key: S3 answered HTTP " + status + " " + code)
        .hasMessageContaining(remedy);
  }

  @ParameterizedTest
  @CsvSource({"500, InternalError", "503, SlowDown", "429, TooManyRequests", "400, RequestTimeout"})
  void whatMayPassIsLeftToTheEngine(int status, String code) {
    assertThat(failureAfter(status, code))
        .isExactlyInstanceOf(IOException.class)
        .hasMessageStartingWith("s3://bucket/key: S3 answered HTTP " + status + " " + code);
  }

  @ParameterizedTest
  @CsvSource({"400, RequestTimeout", "400, ExpiredToken", "500, InternalError"})
  void aRangeIsNotToBlameForWhatS3Names(int status, String code) {
    server.enqueue(error(status, code).build());

    assertThatThrownBy(() -> source.open(URI.create("s3://bucket/key"), rest()))
        .hasMessageContaining(code);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void aProxyThatCannotBeUsedIsNoReasonToTryAgain() {
    fixture.close();
    Map<String, String> environment = Map.of("HTTP_PROXY", "socks5://proxy:1080");
    try (S3Fixture behind = S3Fixture.at(URI.create("http://s3.example"));
        S3Source proxied = new S3Source(S3Source.Settings.DEFAULT, HttpSettings.in(environment))) {
      assertThatThrownBy(() -> read(proxied, "s3://bucket/key"))
          .as(behind.toString())
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("HTTP_PROXY is not like http://host:port");
    }
  }

  @Test
  void theServerSaysWhenToAskAgain() {
    server.enqueue(error(503, "SlowDown").addHeader("Retry-After", "7").build());

    assertThatThrownBy(() -> read(source, "s3://bucket/key"))
        .isInstanceOfSatisfying(
            RetryLaterException.class,
            e -> assertThat(e.getWait()).isEqualTo(Duration.ofSeconds(7)));
  }

  @Test
  void whatIsNoTimeToAskAgainIsIgnored() {
    server.enqueue(error(503, "SlowDown").addHeaderLenient("Retry-After", "später").build());

    assertThatThrownBy(() -> read(source, "s3://bucket/key"))
        .isExactlyInstanceOf(IOException.class)
        .hasMessageContaining("SlowDown");
  }

  @Test
  void withoutCredentialsItSaysWhatWasTried() {
    assumeTrue(System.getenv("AWS_ACCESS_KEY_ID") == null, "there are credentials");
    fixture.close();
    try (S3Fixture none = S3Fixture.withoutCredentials(server.url("/").uri())) {
      assertThatThrownBy(() -> read(source, "s3://bucket/key"))
          .as(none.toString())
          .isExactlyInstanceOf(IOException.class)
          .hasMessageStartingWith("s3://bucket/key: no AWS credentials were found; tried")
          .hasMessageContaining("AWS_ACCESS_KEY_ID")
          .hasMessageContaining("~/.aws")
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("AwsCredentialsProviderChain"))
          .hasMessageContaining("metadata");
    }
  }

  @Test
  void aServerThatIsNotThereMayComeBack() {
    server.close();

    assertThatThrownBy(() -> read(source, "s3://bucket/key"))
        .isExactlyInstanceOf(IOException.class)
        .hasMessageStartingWith("s3://bucket/key: ")
        .hasMessageContaining("check that it runs");
  }

  @ParameterizedTest
  @CsvSource({"s3://bucket", "s3://bucket/", "s3:/key", "s3:///key"})
  void whatNamesNoObjectIsRefused(String url) {
    assertThatThrownBy(() -> read(source, url))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("write s3://bucket/key");
  }

  @Test
  void aBodyThatEndsEarlyFails() throws Exception {
    try (RawServer raw = RawServer.saying("HTTP/1.1 200 OK", "Content-Length: 10", "", "0123456");
        S3Fixture here = S3Fixture.at(raw.uri("http", ""))) {
      assertThatThrownBy(() -> read(source, "s3://bucket/key"))
          .as(here.toString())
          .isExactlyInstanceOf(IOException.class)
          .hasMessageContaining("the transfer broke off after 7 of 10 bytes");
    }
  }

  @Test
  void aConnectionIsUsedAgainAfterABodyThatWasReadToItsEnd() throws Exception {
    server.enqueue(new MockResponse.Builder().body("first").build());
    server.enqueue(new MockResponse.Builder().body("second").build());

    assertThat(read(source, "s3://bucket/key")).isEqualTo("first");
    assertThat(read(source, "s3://bucket/key")).isEqualTo("second");

    assertThat(server.takeRequest().getConnectionIndex()).isZero();
    assertThat(server.takeRequest().getConnectionIndex()).isZero();
  }

  @Test
  void closingEndsAReadThatIsBlocked() throws Exception {
    try (RawServer raw = RawServer.stallingAfter("HTTP/1.1 200 OK", "Content-Length: 10", "", "0");
        S3Fixture here = S3Fixture.at(raw.uri("http", ""))) {
      Content content = source.open(URI.create("s3://bucket/key"), ALL);
      assertThat(content.body().read()).isEqualTo('0');
      CompletableFuture<Integer> blocked = CompletableFuture.supplyAsync(() -> next(content));

      content.close();

      assertThatThrownBy(() -> blocked.get(20, TimeUnit.SECONDS))
          .as(here.toString())
          .isInstanceOf(ExecutionException.class);
    }
  }

  @Test
  void openingCanBeInterrupted() throws Exception {
    try (RawServer raw = RawServer.stallingAfter();
        S3Fixture here = S3Fixture.at(raw.uri("http", ""))) {
      assertThat(Interrupting.blocked(() -> source.open(URI.create("s3://bucket/key"), ALL)))
          .isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void aRangeOfAnotherVersionIsTheWholeObject() throws Exception {
    server.enqueue(error(412, "PreconditionFailed").build());
    server.enqueue(new MockResponse.Builder().addHeader("ETag", "\"2\"").body("other").build());
    FetchRequest rest = new FetchRequest(ByteRange.from(3), Optional.of("\"1\""), "test");

    try (Content content = source.open(URI.create("s3://bucket/key"), rest)) {
      assertThat(content.firstByte()).isZero();
      assertThat(content.validator()).hasValue("\"2\"");
      assertThat(content.body().readAllBytes()).hasSize(5);
    }
    RecordedRequest first = server.takeRequest();
    assertThat(first.getHeaders().get("If-Match")).isEqualTo("\"1\"");
    assertThat(first.getHeaders().get("Range")).isEqualTo("bytes=3-");
    assertThat(server.takeRequest().getHeaders().get("Range")).isNull();
  }

  @ParameterizedTest
  @CsvSource({"''", "bytes 4-9/10", "'bytes 3-9/10, 5'", "bytes 3-99/100"})
  void aPartOtherThanTheOneThatWasAskedForIsReplacedByTheWholeObject(String range)
      throws Exception {
    server.enqueue(
        new MockResponse.Builder()
            .code(206)
            .addHeader("Content-Range", range)
            .body("0123456")
            .build());

    assertThatTheWholeObjectComes();
  }

  @ParameterizedTest
  @CsvSource({
    "400, InvalidRequest",
    "403, SignatureDoesNotMatch",
    "416, InvalidRange",
    "501, NotImplemented"
  })
  void aRangeThatIsRefusedIsReplacedByTheWholeObject(int status, String code) throws Exception {
    server.enqueue(error(status, code).build());

    assertThatTheWholeObjectComes();
  }

  @Test
  void aServerWithoutRangesIsReadFromTheStart() throws Exception {
    server.enqueue(new MockResponse.Builder().body("0123456789").build());

    try (Content content = source.open(URI.create("s3://bucket/key"), rest())) {
      assertThat(content.range()).isEqualTo(ByteRange.ALL);
      assertThat(content.totalLength()).hasValue(10);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 202, 203, 204, 206})
  void anotherSuccessThanTheWholeObjectIsAnError(int status) {
    server.enqueue(new MockResponse.Builder().code(status).build());

    assertThatThrownBy(() -> read(source, "s3://bucket/key"))
        .isExactlyInstanceOf(IOException.class)
        .hasMessageStartingWith("s3://bucket/key: ");
  }

  private void assertThatTheWholeObjectComes() throws Exception {
    server.enqueue(new MockResponse.Builder().body("0123456789").build());

    try (Content content = source.open(URI.create("s3://bucket/key"), rest())) {
      assertThat(content.firstByte()).isZero();
      assertThat(content.body().readAllBytes()).hasSize(10);
    }
    assertThat(server.takeRequest().getHeaders().get("Range")).isEqualTo("bytes=3-");
    assertThat(server.takeRequest().getHeaders().get("Range")).isNull();
  }

  private static FetchRequest rest() {
    return new FetchRequest(ByteRange.from(3), Optional.empty(), "test");
  }

  private static int next(Content content) {
    try {
      return content.body().read();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String read(S3Source source, String url) throws Exception {
    try (Content content = source.open(URI.create(url), ALL)) {
      return new String(content.body().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Returns how opening fails when the only answer is an error. */
  private Throwable failureAfter(int status, String code) {
    server.enqueue(error(status, code).build());
    Throwable failure = catchThrowable(() -> read(source, "s3://bucket/key?versionId=s3cret"));
    assertThat(server.getRequestCount()).isEqualTo(1);
    return failure;
  }

  private static MockResponse.Builder error(int status, String code) {
    String xml =
        code.isEmpty()
            ? ""
            : "<Error><Code>%s</Code><Message>It says why</Message></Error>".formatted(code);
    return new MockResponse.Builder().code(status).body(xml);
  }
}
