package dev.stretcher.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.sources.setting.HttpSettings;
import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** https with certificates of a CA of our own. */
class HttpTlsTest {
  @TempDir private Path directory;

  private final HeldCertificate ca =
      new HeldCertificate.Builder().certificateAuthority(1).commonName("our CA").build();
  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    HeldCertificate own =
        new HeldCertificate.Builder().addSubjectAlternativeName("localhost").signedBy(ca).build();
    HandshakeCertificates certificates =
        new HandshakeCertificates.Builder()
            .heldCertificate(own, ca.certificate())
            .addTrustedCertificate(ca.certificate())
            .build();
    server.useHttps(certificates.sslSocketFactory());
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP_2", "HTTP_1_1"})
  void aServerOfAKnownCaIsAskedInWhatItSpeaks(Protocol protocol) throws Exception {
    server.setProtocols(
        protocol == Protocol.HTTP_2
            ? List.of(Protocol.HTTP_2, Protocol.HTTP_1_1)
            : List.of(Protocol.HTTP_1_1));
    server.enqueue(new MockResponse.Builder().body("hello").build());

    assertThat(read(settings().withCaFile(pem("ca.pem", ca.certificatePem())))).isEqualTo("hello");

    RecordedRequest request = server.takeRequest();
    assertThat(request.getVersion()).isEqualTo(protocol == Protocol.HTTP_2 ? "HTTP/2" : "HTTP/1.1");
  }

  @Test
  void aLongBodyOverHttp2IsWholeAndHasRanges() throws Exception {
    server.setProtocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
    String body = "0123456789".repeat(300_000);
    server.enqueue(
        new MockResponse.Builder()
            .code(206)
            .addHeader("Content-Range", "bytes 5-3000004/3000005")
            .body(body)
            .build());
    HttpSettings settings = settings().withCaFile(pem("ca.pem", ca.certificatePem()));
    FetchRequest rest = new FetchRequest(ByteRange.from(5), Optional.of("\"1\""), "test");
    try (HttpSource source = new HttpSource(settings);
        Content content = source.open(server.url("/a").uri(), rest)) {
      assertThat(content.firstByte()).isEqualTo(5);
      assertThat(content.body().readAllBytes()).hasSize(body.length());
    }
    assertThat(server.takeRequest().getHeaders().get("If-Range")).isEqualTo("\"1\"");
  }

  @Test
  void partsHaveConnectionsOfTheirOwn() throws Exception {
    server.setProtocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
    server.enqueue(
        new MockResponse.Builder()
            .code(206)
            .addHeader("Content-Range", "bytes 0-3/9")
            .body("0123")
            .build());
    HttpSettings settings = settings().withCaFile(pem("ca.pem", ca.certificatePem()));
    FetchRequest part =
        new FetchRequest(new ByteRange(0, OptionalLong.of(3)), Optional.empty(), "test");
    try (HttpSource source = new HttpSource(settings);
        Content content = source.open(server.url("/a").uri(), part)) {
      assertThat(content.body().readAllBytes()).hasSize(4);
    }
    assertThat(server.takeRequest().getVersion()).isEqualTo("HTTP/1.1");
  }

  @Test
  void aServerOfAnUnknownCaIsAnError() {
    assertThatThrownBy(() -> read(settings()))
        .isExactlyInstanceOf(IOException.class)
        .hasMessageContaining("no TLS with localhost")
        .hasMessageContaining("check its certificate, and the CAs");
  }

  @Test
  void ourCertificateIsShown() throws Exception {
    server.requireClientAuth();
    server.enqueue(new MockResponse.Builder().body("hello").build());
    HeldCertificate own = new HeldCertificate.Builder().commonName("agent").signedBy(ca).build();
    HttpSettings settings = settings().withCaFile(pem("ca.pem", ca.certificatePem()));

    String read =
        read(
            settings.withClientCertificate(
                pem("own.pem", own.privateKeyPkcs8Pem() + "\n" + own.certificatePem())));

    assertThat(read).isEqualTo("hello");
    assertThat(server.takeRequest().getHandshake().peerPrincipal().getName()).contains("agent");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "no PEM", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"})
  void aFileThatHasNoCertificateIsNamed(String text) throws Exception {
    Path file = pem("bad.pem", text);

    assertThatThrownBy(() -> read(settings().withCaFile(file)))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining(file + ": has ");
    assertThatThrownBy(() -> read(settings().withClientCertificate(file)))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageStartingWith(file.toString());
  }

  @Test
  void aFileThatIsMissingIsNamed() {
    Path file = directory.resolve("missing.pem");

    assertThatThrownBy(() -> read(settings().withCaFile(file)))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining(file + ": cannot be read");
  }

  @Test
  void aFileThatOthersMayChangeIsRefused() throws Exception {
    Path file = pem("ca.pem", ca.certificatePem());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));

    assertThatThrownBy(() -> read(settings().withCaFile(file)))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContainingAll(file + ": group", "chmod go-w " + file);
    assertThatThrownBy(() -> read(settings().withClientCertificate(file)))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("chmod go-w " + file);
  }

  private static HttpSettings settings() {
    return HttpSettings.in(Map.of());
  }

  private Path pem(String name, String text) throws IOException {
    Path file = Files.writeString(directory.resolve(name), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private String read(HttpSettings settings) throws Exception {
    try (HttpSource source = new HttpSource(settings);
        Content content = source.open(server.url("/a").uri(), FetchRequest.all("test"))) {
      return new String(content.body().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
