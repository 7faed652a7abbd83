package dev.stretcher.sources;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.publish.ContentChangedException;
import dev.stretcher.publish.ObjectContent;
import dev.stretcher.publish.ObjectExistsException;
import dev.stretcher.publish.ObjectName;
import dev.stretcher.publish.ReadBackException;
import dev.stretcher.publish.UploadListener;
import dev.stretcher.publish.Uploads;
import dev.stretcher.sources.internal.s3.PartSizes;
import dev.stretcher.sources.internal.s3.S3ObjectStore;
import dev.stretcher.sources.internal.upload.Tries;
import dev.stretcher.sources.setting.HttpSettings;
import dev.stretcher.spi.RetryLaterException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okio.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Uploads to a bucket that has faults. */
class S3ObjectStoreTest {
  private static final ObjectName NAME = new ObjectName("shop-1.yml");
  private static final String KEY = "bucket/deploys/shop-1.yml";
  private static final String SHOWN = "s3://bucket/deploys/shop-1.yml";
  private static final int PART = 300_000;
  private static final ObjectContent SMALL =
      ObjectContent.of("dest: /srv/shop\n".getBytes(UTF_8), "application/yaml");
  private static final byte[] BYTES = bytes(2 * PART + 1);
  private static final ObjectContent LARGE = ObjectContent.of(BYTES, "application/gzip");

  private static S3Double server;
  private static S3Fixture fixture;
  private static S3ObjectStore store;

  /** The client of the SDK takes longer to make than most of these tests. */
  @BeforeAll
  static void open() throws IOException {
    server = new S3Double();
    fixture = S3Fixture.at(server.endpoint());
    store =
        new S3ObjectStore(
            URI.create("s3://bucket/deploys"),
            HttpSettings.in(Map.of()).withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(10)),
            new PartSizes(PART, PART),
            new Tries(3, Duration.ZERO));
  }

  @AfterAll
  static void close() {
    store.close();
    fixture.close();
    server.close();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  @AfterEach
  void noPartIsLeft() {
    int open = server.open();
    server.reset();
    assertThat(open).as("uploads whose parts are left").isZero();
  }

  private Uploads uploads() {
    return uploads(new ArrayList<>());
  }

  private Uploads uploads(List<String> retries) {
    Options atOnce =
        Options.DEFAULT.with(Settings.RETRY, 2).with(Settings.RETRY_WAIT, Duration.ZERO);
    UploadListener heard =
        new UploadListener() {
          @Override
          public void onRetry(ObjectName name, IOException failure, Duration wait) {
            retries.add(failure.getMessage());
          }
        };
    return new Uploads(store, atOnce, heard);
  }

  private void assertThatAllIsThere() {
    assertThat(server.object(KEY)).isEqualTo(ByteString.of(BYTES));
  }

  private long times(String call) {
    return Collections.frequency(server.calls(), call);
  }

  @Test
  void aSmallObjectIsSentAtOnceWithItsDigestAndReplacesNothing() throws Exception {
    assertThat(uploads().write(NAME, SMALL)).isTrue();
    assertThat(server.calls()).containsExactly("HEAD", "PUT", "HEAD");
    RecordedRequest put = server.requests().get(1);
    assertThat(put.getHeaders().get("If-None-Match")).isEqualTo("*");
    assertThat(put.getHeaders().get("x-amz-meta-sha256")).isEqualTo(SMALL.sha256().hex());
    assertThat(put.getHeaders().get("x-amz-checksum-sha256")).isNotNull();
  }

  @Test
  void aLargeObjectIsSentInParts() throws Exception {
    assertThat(uploads().write(NAME, LARGE)).isTrue();
    assertThat(server.calls())
        .containsExactly("HEAD", "begin", "part 1", "part 2", "part 3", "complete", "HEAD");
    assertThat(server.requests().get(5).getHeaders().get("If-None-Match")).isEqualTo("*");
    assertThatAllIsThere();
  }

  /** Whoever sends {@code Expect: 100-continue} would wait for it here until the time-out. */
  @Test
  void noPermissionToSendIsWaitedFor() throws Exception {
    uploads().write(NAME, SMALL);
    uploads().write(new ObjectName("shop-1.tar.gz"), LARGE);
    assertThat(server.requests())
        .allMatch(request -> request.getHeaders().get("Expect") == null)
        .hasSizeGreaterThan(8);
  }

  @ParameterizedTest
  @CsvSource({"PUT, 16", "complete, 600001"})
  void whoIsLateByAMomentDoesNotReplaceWhatIsThere(String call, int length) {
    server.answer(
        1,
        call,
        () -> {
          server.put(KEY, "of another publisher");
          return S3Double.error(412, "PreconditionFailed");
        });
    assertThatThrownBy(() -> uploads().write(NAME, length == 16 ? SMALL : LARGE))
        .isInstanceOf(ObjectExistsException.class)
        .hasMessageContaining(SHOWN + " exists already with other content: 20 bytes")
        .hasMessageContaining("choose another name");
    assertThat(server.object(KEY).utf8()).isEqualTo("of another publisher");
    assertThat(times(call)).isEqualTo(1);
  }

  @Test
  void ofTwoWhoWriteAtOnceOneIsToldToSendItAgain() throws Exception {
    server.answer(1, "PUT", () -> S3Double.error(409, "ConditionalRequestConflict"));
    List<String> retries = new ArrayList<>();
    assertThat(uploads(retries).write(NAME, SMALL)).isTrue();
    assertThat(retries).singleElement().asString().contains(SHOWN, "somebody else writes it");
  }

  @Test
  void aConflictAtTheEndHasAllPartsSentAgain() throws Exception {
    server.answer(1, "complete", () -> S3Double.error(409, "ConditionalRequestConflict"));
    assertThat(uploads().write(NAME, LARGE)).isTrue();
    assertThat(times("begin")).isEqualTo(2);
    assertThat(times("part 1")).isEqualTo(2);
    assertThat(times("abort")).isEqualTo(1);
    assertThatAllIsThere();
  }

  @ParameterizedTest
  @CsvSource({"HEAD", "PUT", "begin", "part 2", "complete"})
  void aRefusalIsFinalAndSaysWhatThePublisherHasToBeAllowed(String call) {
    server.answer(1, call, () -> S3Double.error(403, call.equals("HEAD") ? "" : "AccessDenied"));
    assertThatThrownBy(() -> uploads().write(NAME, call.equals("PUT") ? SMALL : LARGE))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining(SHOWN)
        .hasMessageContaining("HTTP 403")
        .hasMessageContaining("s3:PutObject");
    assertThat(times(call)).isEqualTo(1);
    assertThat(server.object(KEY)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"500, InternalError", "503, SlowDown", "429, TooManyRequests", "400, RequestTimeout"})
  void whatMayPassIsTriedAgain(int status, String code) throws Exception {
    server.answer(2, "PUT", () -> S3Double.error(status, code));
    List<String> retries = new ArrayList<>();
    assertThat(uploads(retries).write(NAME, SMALL)).isTrue();
    assertThat(retries).hasSize(2).allMatch(why -> why.contains("HTTP " + status));
  }

  @Test
  void itGivesUpAfterTheRetries() {
    server.answer(3, "PUT", () -> S3Double.error(503, "SlowDown"));
    assertThatThrownBy(() -> uploads().write(NAME, SMALL)).hasMessageContaining("SlowDown");
    assertThat(times("PUT")).isEqualTo(3);
    assertThat(server.object(KEY)).isNull();
  }

  @Test
  void theServerSaysWhenToTryAgain() {
    server.answer(
        1,
        "PUT",
        () -> S3Double.error(503, "SlowDown").newBuilder().addHeader("Retry-After", "7").build());
    assertThatThrownBy(() -> store.create(NAME, SMALL))
        .isInstanceOfSatisfying(
            RetryLaterException.class,
            e -> assertThat(e.getWait()).isEqualTo(Duration.ofSeconds(7)));
  }

  @Test
  void onlyThePartThatFailedIsSentAgain() throws Exception {
    server.answer(2, "part 2", () -> S3Double.error(503, "SlowDown"));
    server.answer(1, "part 3", S3Double::nothing);
    store.create(NAME, LARGE);
    assertThat(server.calls())
        .containsExactly(
            "HEAD",
            "begin",
            "part 1",
            "part 2",
            "part 2",
            "part 2",
            "part 3",
            "part 3",
            "complete");
    assertThatAllIsThere();
  }

  @Test
  void aPartWhoseConnectionIsCutIsSentAgain() throws Exception {
    server.cutAfter("part 1");
    List<Long> read = new ArrayList<>();
    Options options = Options.DEFAULT.with(Settings.RETRY, 0);
    UploadListener heard =
        new UploadListener() {
          @Override
          public void onProgress(ObjectName name, long position, long length) {
            read.add(position);
          }
        };
    assertThat(new Uploads(store, options, heard).write(NAME, LARGE)).isTrue();
    assertThatAllIsThere();
    assertThat(times("begin")).isEqualTo(1);
    assertThat(read).isSorted().endsWith((long) BYTES.length);
  }

  @Test
  void aPartThatIsNotTakenEndsTheUploadAndLeavesNoParts() {
    server.answer(3, "part 2", S3Double::nothing);
    assertThatThrownBy(() -> store.create(NAME, LARGE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(SHOWN);
    assertThat(server.calls()).endsWith("part 2", "part 2", "part 2", "abort");
    assertThat(server.object(KEY)).isNull();
  }

  @Test
  void partsAreRemovedThoughTheServerIsBusy() {
    server.answer(1, "part 1", () -> S3Double.error(403, "AccessDenied"));
    server.answer(1, "abort", () -> S3Double.error(503, "SlowDown"));
    assertThatThrownBy(() -> store.create(NAME, LARGE)).isInstanceOf(AccessDeniedException.class);
    assertThat(times("abort")).isEqualTo(2);
  }

  @Test
  void whoeverIsInterruptedLeavesNoParts() {
    Thread thread = Thread.currentThread();
    server.answer(
        1,
        "part 2",
        () -> {
          thread.interrupt();
          return S3Double.error(503, "SlowDown");
        });
    assertThatThrownBy(() -> store.create(NAME, LARGE)).isInstanceOf(InterruptedException.class);
    assertThat(server.calls()).endsWith("part 2", "abort");
  }

  @ParameterizedTest
  @CsvSource({"200", "503"})
  void theEndIsAskedForAgain(int status) throws Exception {
    // S3 begins its answer before it knows how it ends.
    server.answer(2, "complete", () -> S3Double.error(status, "InternalError"));
    store.create(NAME, LARGE);
    assertThat(times("complete")).isEqualTo(3);
    assertThat(times("begin")).isEqualTo(1);
    assertThatAllIsThere();
  }

  @ParameterizedTest
  @CsvSource({"PUT", "complete"})
  void anAnswerThatIsLostIsNoFailure(String call) throws Exception {
    server.loseAnswer(1, call, S3Double::nothing);
    ObjectContent content = call.equals("PUT") ? SMALL : LARGE;
    assertThat(uploads().write(NAME, content)).isFalse();
    assertThat(server.object(KEY).size()).isEqualTo((int) content.length());
    assertThat(times("begin")).isLessThanOrEqualTo(1);
  }

  @Test
  void aServerThatKnowsNoConditionIsAskedWithout() throws Exception {
    for (String call : List.of("PUT", "complete")) {
      server.answer(1, call, () -> S3Double.error(501, "NotImplemented"));
    }
    assertThat(uploads().write(NAME, SMALL)).isTrue();
    assertThat(uploads().write(new ObjectName("shop-1.tar.gz"), LARGE)).isTrue();
    for (String call : List.of("PUT", "complete")) {
      assertThat(
              server.requests().stream()
                  .filter(request -> S3Double.call(request).equals(call))
                  .map(request -> String.valueOf(request.getHeaders().get("If-None-Match"))))
          .containsExactly("*", "null");
    }
  }

  @Test
  void aPartThatAWrongTagIsToldOfIsNoObject() {
    server.loseAnswer(
        1, "part 2", () -> new MockResponse.Builder().addHeader("ETag", "\"0\"").build());
    assertThatThrownBy(() -> store.create(NAME, LARGE))
        .hasMessageContaining(SHOWN)
        .hasMessageContaining("InvalidPart");
    assertThat(server.object(KEY)).isNull();
  }

  @Test
  void whatIsReadBackAndDiffersIsAnError() {
    server.loseAnswer(
        1,
        "PUT",
        () -> {
          server.spoil(KEY, ByteString.encodeUtf8("dest"));
          return new MockResponse.Builder().build();
        });
    assertThatThrownBy(() -> uploads().write(NAME, SMALL))
        .isInstanceOf(ReadBackException.class)
        .hasMessageContaining(SHOWN + " has 4 bytes after it was written, where 16 were expected");
  }

  @Test
  void aFileThatGrowsWhileItIsSentIsNoObject(@TempDir Path directory) throws Exception {
    Path file = Files.write(directory.resolve("archive"), BYTES);
    ObjectContent content =
        ObjectContent.of(file, BYTES.length, LARGE.sha256(), "application/gzip");
    Files.write(file, bytes(PART));
    assertThatThrownBy(() -> uploads().write(NAME, content))
        .isInstanceOf(ContentChangedException.class)
        .hasMessageContaining("has only 300000 bytes");
    assertThat(server.object(KEY)).isNull();
    assertThat(times("abort")).isEqualTo(1);
  }
}
