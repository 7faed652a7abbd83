package dev.stretcher.sources;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.publish.ObjectContent;
import dev.stretcher.publish.ObjectExistsException;
import dev.stretcher.publish.ObjectName;
import dev.stretcher.publish.ObjectStore;
import dev.stretcher.sources.internal.gs.GcsObjectStore;
import dev.stretcher.sources.internal.gs.GcsObjects;
import dev.stretcher.sources.setting.HttpSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
    server.close();
  }

  private ObjectStore store(dev.stretcher.sources.internal.gs.GcsTokens tokens) {
    return new GcsObjectStore(
        URI.create("gs://my_bucket/deploys/"),
        new GcsObjects(HttpSettings.in(Map.of()), server.endpoint(), tokens));
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
}
