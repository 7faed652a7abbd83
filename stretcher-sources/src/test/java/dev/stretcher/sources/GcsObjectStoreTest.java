package dev.stretcher.sources;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.publish.ObjectContent;
import dev.stretcher.publish.ObjectExistsException;
import dev.stretcher.publish.ObjectName;
import dev.stretcher.publish.ObjectStore;
import dev.stretcher.publish.ReadBackException;
import dev.stretcher.publish.UploadListener;
import dev.stretcher.publish.Uploads;
import dev.stretcher.sources.internal.gs.GcsObjectStore;
import dev.stretcher.sources.internal.gs.GcsObjects;
import dev.stretcher.sources.internal.upload.Tries;
import dev.stretcher.sources.setting.HttpSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GcsObjectStoreTest {
  private static final ObjectName NAME = new ObjectName("shop-1.yml");
  private static final ObjectContent CONTENT =
      ObjectContent.of("dest: /srv/shop\n".getBytes(UTF_8), "application/yaml");

  private final GcsServer server = new GcsServer();
  private final ObjectStore store = store(stale -> Optional.of("good"));

  GcsObjectStoreTest() throws IOException {}

  @AfterEach
  void close() {
    store.close();
    assertThat(server.uploads().open()).as("uploads that are left").isZero();
    server.close();
  }

  private ObjectStore store(dev.stretcher.sources.internal.gs.GcsTokens tokens) {
    return new GcsObjectStore(
        URI.create("gs://my_bucket/deploys/"),
        new GcsObjects(HttpSettings.in(Map.of()), server.endpoint(), tokens),
        new Tries(3, Duration.ZERO));
  }

  @Test
  void anUploadSaysWhatItIsAndThatItReplacesNothing() throws Exception {
    server.require("good");
    store.create(NAME, CONTENT);
    RecordedRequest begin = server.requests().get(1);
    assertThat(begin.getTarget())
        .startsWith("/upload/storage/v1/b/my_bucket/o?uploadType=resumable")
        .contains("name=deploys%2Fshop-1.yml", "ifGenerationMatch=0");
    assertThat(begin.getBody().utf8())
        .isEqualTo(
            "{\"contentType\":\"application/yaml\",\"crc32c\":\"%s\",\"metadata\":{\"sha256\":\"%s\"}}",
            crc32c(), CONTENT.sha256().hex());
    assertThat(begin.getHeaders().get("X-Upload-Content-Length")).isEqualTo("16");
    assertThat(store.find(NAME).orElseThrow().sha256()).contains(CONTENT.sha256());
  }

  private static String crc32c() {
    java.util.zip.CRC32C checksum = new java.util.zip.CRC32C();
    checksum.update("dest: /srv/shop\n".getBytes(UTF_8));
    return java.util.Base64.getEncoder()
        .encodeToString(java.nio.ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
  }

  @Test
  void anUploadThatBreaksGoesOnAfterWhatTheServerHas() throws Exception {
    byte[] bytes = new byte[1 << 20];
    new Random(1).nextBytes(bytes);
    server.uploads().failHalfWay(4);
    store.create(NAME, ObjectContent.of(bytes, "application/gzip"));
    try (var in = store.open(NAME)) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }
    assertThat(server.requests())
        .extracting(request -> request.getHeaders().get("Content-Range"))
        .contains("bytes */1048576", "bytes 524288-1048575/1048576");
  }

  @Test
  void whoIsLateByAMomentDoesNotReplaceWhatIsThere() throws Exception {
    server.beforeUploads(() -> server.put("my_bucket", "deploys/shop-1.yml", new byte[1]));
    assertThatThrownBy(() -> store.create(NAME, CONTENT))
        .isInstanceOf(ObjectExistsException.class)
        .hasMessageContaining("gs://my_bucket/deploys/shop-1.yml exists already");
  }

  @Test
  void aRefusalSaysWhichRoleIsMissing() {
    server.require("other");
    assertThatThrownBy(() -> store.create(NAME, CONTENT))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("gs://my_bucket/deploys/shop-1.yml")
        .hasMessageContaining("Storage Object User");
  }

  private static boolean begins(RecordedRequest request) {
    return request.getMethod().equals("POST");
  }

  private static boolean sends(RecordedRequest request) {
    return request.getMethod().equals("PUT") && !asks(request);
  }

  private static boolean asks(RecordedRequest request) {
    return String.valueOf(request.getHeaders().get("Content-Range")).startsWith("bytes */");
  }

  private long count(Predicate<RecordedRequest> which) {
    return server.requests().stream().filter(which).count();
  }

  private Uploads uploads(List<String> retries) {
    UploadListener heard =
        new UploadListener() {
          @Override
          public void onRetry(ObjectName name, IOException failure, Duration wait) {
            retries.add(failure.getMessage());
          }
        };
    return new Uploads(store, Options.DEFAULT.with(Settings.RETRY_WAIT, Duration.ZERO), heard);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void whatMayPassIsTriedAgain(int status) throws Exception {
    server.answer(1, GcsObjectStoreTest::begins, GcsServer.error(status, "Back off"));
    List<String> retries = new ArrayList<>();
    assertThat(uploads(retries).write(NAME, CONTENT)).isTrue();
    assertThat(retries).singleElement().asString().contains("HTTP " + status, "Back off");
  }

  @Test
  void aRefusalIsFinalAndLeavesNoUpload() {
    server.answer(1, GcsObjectStoreTest::sends, GcsServer.error(403, "No storage.objects.create"));
    List<String> retries = new ArrayList<>();
    assertThatThrownBy(() -> uploads(retries).write(NAME, CONTENT))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("No storage.objects.create")
        .hasMessageContaining("Storage Object User");
    assertThat(retries).isEmpty();
    assertThat(count(GcsObjectStoreTest::sends)).isEqualTo(1);
  }

  @Test
  void whoIsLateAtTheEndDoesNotReplaceWhatIsThere() {
    server.answer(1, GcsObjectStoreTest::sends, GcsServer.error(412, "conditionNotMet"));
    assertThatThrownBy(() -> store.create(NAME, CONTENT)).isInstanceOf(ObjectExistsException.class);
    assertThat(count(GcsObjectStoreTest::sends)).isEqualTo(1);
  }

  @Test
  void aServerThatIsAwayForAMomentIsAskedHowFarItIsUntilItTells() throws Exception {
    server.uploads().failHalfWay(1);
    server.answer(2, GcsObjectStoreTest::asks, lost());
    store.create(NAME, CONTENT);
    assertThat(count(GcsObjectStoreTest::begins)).isEqualTo(1);
    assertThat(count(GcsObjectStoreTest::sends)).isEqualTo(2);
    try (var in = store.open(NAME)) {
      assertThat(in.readAllBytes()).asString(UTF_8).isEqualTo("dest: /srv/shop\n");
    }
  }

  private static MockResponse lost() {
    return new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build();
  }

  @Test
  void aServerThatTakesNothingIsGivenUp() {
    server.answer(100, GcsObjectStoreTest::sends, GcsServer.error(503, "Back off"));
    assertThatThrownBy(() -> store.create(NAME, CONTENT)).hasMessageContaining("HTTP 503");
    assertThat(count(GcsObjectStoreTest::sends)).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void anUploadThatTheServerHasForgottenBeginsAnew(int status) throws Exception {
    server.answer(1, GcsObjectStoreTest::sends, GcsServer.error(status, "Gone"));
    List<String> retries = new ArrayList<>();
    assertThat(uploads(retries).write(NAME, CONTENT)).isTrue();
    assertThat(retries).singleElement().asString().contains("knows this upload no more");
    assertThat(count(GcsObjectStoreTest::begins)).isEqualTo(2);
  }

  @Test
  void aServerThatHasNotTakenAllGetsTheRest() throws Exception {
    server.answer(1, GcsObjectStoreTest::sends, new MockResponse.Builder().code(308).build());
    store.create(NAME, CONTENT);
    assertThat(count(GcsObjectStoreTest::asks)).isEqualTo(1);
  }

  @Test
  void anEmptyObjectIsWritten() throws Exception {
    store.create(NAME, ObjectContent.of(new byte[0], "text/plain"));
    assertThat(store.find(NAME).orElseThrow().length()).isZero();
  }

  @Test
  void whatIsReadBackAndDiffersIsAnError() {
    server.answer(
        1,
        request -> request.getMethod().equals("GET") && count(GcsObjectStoreTest::sends) > 0,
        new MockResponse.Builder()
            .body("{\"name\":\"deploys/shop-1.yml\",\"size\":\"4\"}")
            .build());
    assertThatThrownBy(() -> uploads(new ArrayList<>()).write(NAME, CONTENT))
        .isInstanceOf(ReadBackException.class)
        .hasMessageContaining("has 4 bytes after it was written, where 16 were expected");
  }
}
