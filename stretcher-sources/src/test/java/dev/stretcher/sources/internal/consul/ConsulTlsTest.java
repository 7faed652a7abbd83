package dev.stretcher.sources.internal.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.store.KeyValueStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.interfaces.ECPrivateKey;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Consul over TLS, by the variables of its own tools. */
@Timeout(60)
class ConsulTlsTest {
  @TempDir private Path directory;

  private final HeldCertificate ca =
      new HeldCertificate.Builder().certificateAuthority(1).commonName("Consul CA").build();
  private final Map<String, String> environment = new HashMap<>();
  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    HeldCertificate own =
        new HeldCertificate.Builder()
            .addSubjectAlternativeName("server.dc1.consul")
            .signedBy(ca)
            .build();
    server.useHttps(
        new HandshakeCertificates.Builder()
            .heldCertificate(own, ca.certificate())
            .addTrustedCertificate(ca.certificate())
            .build()
            .sslSocketFactory());
    server.start();
    server.enqueue(new MockResponse.Builder().code(404).addHeader("X-Consul-Index", "7").build());
    environment.put("CONSUL_HTTP_SSL", "true");
    environment.put("CONSUL_TLS_SERVER_NAME", "server.dc1.consul");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theCaAndTheNameAreThoseOfTheVariables() throws Exception {
    environment.put("CONSUL_CACERT", pem("ca.pem", ca.certificatePem()));

    assertThat(version()).isEqualTo(7);
  }

  @Test
  void aServerOfAnotherNameIsRefused() throws Exception {
    environment.put("CONSUL_CACERT", pem("ca.pem", ca.certificatePem()));
    environment.put("CONSUL_TLS_SERVER_NAME", "server.dc2.consul");

    assertThatThrownBy(this::version)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no TLS");
  }

  @Test
  void aServerOfAnUnknownCaIsRefusedUnlessNothingIsVerified() throws Exception {
    assertThatThrownBy(this::version)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("check its certificate");

    environment.put("CONSUL_HTTP_SSL_VERIFY", "false");
    environment.remove("CONSUL_TLS_SERVER_NAME");
    assertThat(version()).isEqualTo(7);
  }

  @Test
  void aServerMayAskWhoWeAre() throws Exception {
    HeldCertificate client = new HeldCertificate.Builder().signedBy(ca).commonName("web1").build();
    server.requireClientAuth();
    environment.put("CONSUL_CACERT", pem("ca.pem", ca.certificatePem()));
    environment.put("CONSUL_CLIENT_CERT", pem("cert.pem", client.certificatePem()));
    environment.put("CONSUL_CLIENT_KEY", pem("key.pem", client.privateKeyPkcs8Pem()));

    assertThat(version()).isEqualTo(7);
    assertThat(server.takeRequest().getHandshake().peerCertificates())
        .containsExactly(client.certificate());
  }

  @Test
  void theKeyMayBeOneThatConsulHasMade() throws Exception {
    HeldCertificate client = new HeldCertificate.Builder().signedBy(ca).build();
    server.requireClientAuth();
    environment.put("CONSUL_CACERT", pem("ca.pem", ca.certificatePem()));
    environment.put("CONSUL_CLIENT_CERT", pem("cert.pem", client.certificatePem()));
    environment.put(
        "CONSUL_CLIENT_KEY", pem("key.pem", ecKey((ECPrivateKey) client.keyPair().getPrivate())));

    assertThat(version()).isEqualTo(7);
  }

  /** Writes version 1, the number, and the curve P-256. */
  private static String ecKey(ECPrivateKey key) {
    HexFormat hex = HexFormat.of();
    String number = "%64s".formatted(key.getS().toString(16)).replace(' ', '0');
    byte[] bytes = hex.parseHex("30310201010420" + number + "a00a06082a8648ce3d030107");
    return "-----BEGIN EC PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(bytes)
        + "\n-----END EC PRIVATE KEY-----\n";
  }

  @Test
  void aFileThatIsNoKeyIsNamed() throws Exception {
    environment.put("CONSUL_CLIENT_CERT", pem("cert.pem", ca.certificatePem()));
    environment.put("CONSUL_CLIENT_KEY", pem("key.pem", "none"));

    assertThatThrownBy(this::version)
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("key.pem: does not have a private key");
  }

  private long version() throws Exception {
    URI address = URI.create("consul://localhost:" + server.getPort());
    try (KeyValueStore store = new ConsulStoreProvider().open(address, environment)) {
      return store.list("a").version();
    }
  }

  private String pem(String name, String text) throws IOException {
    Path file = Files.writeString(directory.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file.toString();
  }
}
