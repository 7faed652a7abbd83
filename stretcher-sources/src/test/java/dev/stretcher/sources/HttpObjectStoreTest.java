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
import dev.stretcher.sources.setting.HttpSettings;
import dev.stretcher.spi.RetryLaterException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.Credentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpObjectStoreTest {
  private static final ObjectName NAME = new ObjectName("shop-1.yml");
  private static final ObjectContent CONTENT =
      ObjectContent.of("dest: /srv/shop\n".getBytes(UTF_8), "application/yaml");

  private final UploadServer server = new UploadServer();
  private final ObjectStore store = open(server.uri("/deploys"), Map.of());

  HttpObjectStoreTest() throws IOException {}

  @AfterEach
  void close() {
    store.close();
    server.close();
  }

  private static ObjectStore open(URI address, Map<String, String> environment) throws IOException {
    return new HttpObjectStores().open(address, environment);
  }

  @Test
  void anUploadSaysItsTypeItsLengthAndThatItReplacesNothing() throws Exception {
    store.create(NAME, CONTENT);
    assertThat(server.requests())
        .extracting(RecordedRequest::getMethod)
        .containsExactly("HEAD", "PUT");
    RecordedRequest put = server.requests().get(1);
    assertThat(put.getUrl().encodedPath()).isEqualTo("/deploys/shop-1.yml");
    assertThat(put.getHeaders().get("If-None-Match")).isEqualTo("*");
    assertThat(put.getHeaders().get("Content-Type")).isEqualTo("application/yaml");
    assertThat(put.getHeaders().get("Content-Length")).isEqualTo("16");
    assertThat(put.getHeaders().get("User-Agent")).startsWith("Stretcher/");
  }

  @Test
  void whoIsLateByAMomentDoesNotReplaceWhatIsThere() {
    server.answer("HEAD", UploadServer.status(404));
    server.put("/deploys/shop-1.yml", "of another publisher");
    assertThatThrownBy(() -> store.create(NAME, CONTENT))
        .isInstanceOf(ObjectExistsException.class)
        .hasMessageContaining(server.uri("/deploys/shop-1.yml") + " exists already");
  }

  @Test
  void theLoginOfTheAddressIsSentAndNotShown() throws Exception {
    URI plain = server.uri("/deploys");
    URI address = URI.create(plain.toString().replace("://", "://ann:s3cret@"));
    try (ObjectStore own = open(address, Map.of())) {
      own.create(NAME, CONTENT);
      assertThat(own.name()).isEqualTo(plain.toString());
      assertThat(own.url(NAME)).isEqualTo(server.uri("/deploys/shop-1.yml"));
      server.answer("HEAD", UploadServer.status(401));
      assertThatThrownBy(() -> own.find(NAME))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("HTTP 401")
          .hasMessageNotContaining("s3cret");
    }
    assertThat(server.requests())
        .extracting(request -> request.getHeaders().get("Authorization"))
        .containsOnly(Credentials.basic("ann", "s3cret"));
  }

  @ParameterizedTest
  @CsvSource({
    "401,.netrc",
    "403,let this user write",
    "404,create_full_put_path",
    "405,dav_methods",
    "409,create_full_put_path",
    "413,client_max_body_size",
    "307,publish to the address",
    "501,dav_methods",
    "507,make room"
  })
  void aRefusalIsFinalAndHasARemedy(int status, String remedy) {
    server.answer("PUT", UploadServer.status(status));
    assertThatThrownBy(() -> store.create(NAME, CONTENT))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("/deploys/shop-1.yml: PUT was answered by HTTP " + status)
        .hasMessageContaining(remedy);
  }

  @Test
  void aServerThatIsBusySaysWhenToTryAgain() {
    server.answer(
        "PUT", new MockResponse.Builder().code(503).addHeader("Retry-After", "7").build());
    assertThatThrownBy(() -> store.create(NAME, CONTENT))
        .isInstanceOfSatisfying(
            RetryLaterException.class,
            e -> assertThat(e.getWait()).isEqualTo(Duration.ofSeconds(7)))
        .hasMessageContaining("HTTP 503");
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void whatMayPassIsTriedAgain(int status) throws Exception {
    server.answer("PUT", UploadServer.status(status));
    List<String> retries = new ArrayList<>();
    assertThat(uploads(retries).write(NAME, CONTENT)).isTrue();
    assertThat(retries).hasSize(1).allMatch(why -> why.contains("HTTP " + status));
  }

  @Test
  void anUploadThatIsCutIsTriedAgain() throws Exception {
    server.cutUploads();
    ObjectContent large = ObjectContent.of(new byte[2 << 20], "application/gzip");
    List<String> retries = new ArrayList<>();
    assertThat(uploads(retries).write(NAME, large)).isTrue();
    assertThat(retries).hasSize(1).allMatch(why -> why.contains("/deploys/shop-1.yml"));
    assertThat(server.objects().get("/deploys/shop-1.yml").size()).isEqualTo(2 << 20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "s3"})
  @Timeout(60)
  void aServerThatTakesNothingIsGivenUp(String scheme) throws Exception {
    HttpSettings settings = HttpSettings.in(Map.of()).withStall(Optional.of(Duration.ofMillis(50)));
    ObjectContent large = ObjectContent.of(new byte[32 << 20], "application/gzip");
    try (DeafServer deaf = new DeafServer();
        S3Fixture here = S3Fixture.at(deaf.uri("http"));
        ObjectStore stalled =
            scheme.equals("http")
                ? new HttpObjectStores(settings).open(deaf.uri("http"), Map.of())
                : new S3ObjectStores(settings).open(URI.create("s3://bucket/deploys"), Map.of())) {
      assertThatThrownBy(() -> stalled.create(NAME, large))
          .as(here.toString())
          .isExactlyInstanceOf(IOException.class)
          .hasMessageContaining("shop-1.yml")
          .hasMessageContaining("took nothing for 50ms")
          .hasMessageContaining("stall-timeout");
    }
  }

  /** Lets the server recover before the second attempt. */
  private Uploads uploads(List<String> retries) {
    UploadListener recovering =
        new UploadListener() {
          @Override
          public void onRetry(ObjectName name, IOException failure, Duration wait) {
            retries.add(failure.getMessage());
            server.recover();
          }
        };
    Options atOnce = Options.DEFAULT.with(Settings.RETRY_WAIT, Duration.ZERO);
    return new Uploads(store, atOnce, recovering);
  }

  @Test
  void aLengthThatDiffersAfterwardsIsAnError() {
    server.keep(5);
    Uploads uploads = new Uploads(store, Options.DEFAULT, UploadListener.NONE);
    assertThatThrownBy(() -> uploads.write(NAME, CONTENT))
        .isInstanceOf(ReadBackException.class)
        .hasMessageContaining("/deploys/shop-1.yml has 5 bytes")
        .hasMessageContaining("16 were expected");
  }

  @Test
  void aHeadWithoutALengthIsAnError() {
    server.answer("HEAD", new MockResponse.Builder().removeHeader("Content-Length").build());
    assertThatThrownBy(() -> store.find(NAME))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("without a length");
  }

  @Test
  void theProxyOfTheEnvironmentIsUsed() throws Exception {
    URI proxy = server.uri("/");
    Map<String, String> environment = Map.of("HTTP_PROXY", proxy.toString());
    try (ObjectStore behind = open(URI.create("http://deploys.example/shop"), environment)) {
      behind.create(NAME, CONTENT);
    }
    assertThat(server.objects()).containsKey("/shop/shop-1.yml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http:///shop", "https://host/shop?sig=s3cret", "https://host/shop#x"})
  void anAddressThatNamesNoDirectoryIsRefused(String address) {
    assertThatThrownBy(() -> open(URI.create(address), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https://deploys.example.com/shop")
        .hasMessageNotContaining("s3cret");
  }
}
