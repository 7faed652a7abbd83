package dev.stretcher.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.sources.internal.http.EnvironmentProxies;
import dev.stretcher.sources.internal.http.NoProxy;
import dev.stretcher.sources.setting.HttpSettings;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Credentials;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy between us and hosts that only it knows. */
class HttpProxyTest {
  @TempDir private Path directory;

  private final MockWebServer proxy = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    proxy.start();
  }

  @AfterEach
  void stop() {
    proxy.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"my_app.example", "-app.example", "10.1.2.x_", "a_b"})
  void aHostThatIsNoneForJavaIsAskedForByWayOfTheProxyToo(String host) throws Exception {
    proxy.enqueue(new MockResponse.Builder().body("hello").build());

    assertThat(read("http://" + host + "/a", Map.of("HTTP_PROXY", address("")))).isEqualTo("hello");

    assertThat(proxy.takeRequest().getRequestLine()).startsWith("GET http://" + host + "/a ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"my_app.example", "app.example"})
  void aHostOfNoProxyIsAskedDirectly(String host) {
    Map<String, String> environment =
        Map.of("HTTPS_PROXY", "socks5://proxy:1080", "NO_PROXY", "example");

    assertThatThrownBy(() -> read("https://" + host + "/a", environment))
        .isExactlyInstanceOf(IOException.class)
        .hasMessageContaining("no address for host " + host);
    assertThat(proxy.getRequestCount()).isZero();
  }

  @Test
  void aProxyThatCannotBeUsedIsOnlyAnErrorWhereItIsNeeded() throws Exception {
    proxy.enqueue(new MockResponse.Builder().body("hello").build());
    Map<String, String> environment =
        Map.of("HTTP_PROXY", address(""), "HTTPS_PROXY", "socks5://proxy:1080");

    assertThat(read("http://files.example/a", environment)).isEqualTo("hello");
    assertThatThrownBy(() -> read("https://files.example/a", environment))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("HTTPS_PROXY is not like http://host:port");
  }

  @Test
  void aProxyWithoutAddressIsNamed() {
    assertThatThrownBy(
            () -> read("http://files.example/a", Map.of("HTTP_PROXY", "http://proxy.invalid:3128")))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage(
            "http://files.example/a: no address for the proxy proxy.invalid; check it and the DNS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP_PROXY", "http_proxy"})
  void httpIsAskedForByWayOfTheProxy(String variable) throws Exception {
    proxy.enqueue(new MockResponse.Builder().body("hello").build());

    assertThat(read("http://files.example/a", Map.of(variable, address("")))).isEqualTo("hello");

    RecordedRequest request = proxy.takeRequest();
    assertThat(request.getRequestLine()).startsWith("GET http://files.example/a ");
    assertThat(request.getHeaders().get("Host")).isEqualTo("files.example");
  }

  @Test
  void httpsGoesThroughATunnel() throws Exception {
    HeldCertificate certificate =
        new HeldCertificate.Builder().addSubjectAlternativeName("files.example").build();
    HandshakeCertificates server =
        new HandshakeCertificates.Builder().heldCertificate(certificate).build();
    Path ca = Files.writeString(directory.resolve("ca.pem"), certificate.certificatePem());
    Files.setPosixFilePermissions(ca, PosixFilePermissions.fromString("rw-r--r--"));
    proxy.useHttps(server.sslSocketFactory());
    proxy.enqueue(new MockResponse.Builder().inTunnel().build());
    proxy.enqueue(new MockResponse.Builder().body("hello").build());

    String read =
        read(
            "https://files.example/a",
            HttpSettings.in(Map.of("HTTPS_PROXY", address("me:s3cret@"))).withCaFile(ca));

    assertThat(read).isEqualTo("hello");
    RecordedRequest connect = proxy.takeRequest();
    assertThat(connect.getRequestLine()).startsWith("CONNECT files.example:443 ");
    assertThat(connect.getHeaders().get("Proxy-Authorization"))
        .isEqualTo(Credentials.basic("me", "s3cret"));
    assertThat(proxy.takeRequest().getHeaders().get("Proxy-Authorization")).isNull();
  }

  @Test
  void aLoginIsSentWhenTheProxyAsksForIt() throws Exception {
    proxy.enqueue(asking());
    proxy.enqueue(new MockResponse.Builder().body("hello").build());

    assertThat(read("http://files.example/a", Map.of("HTTP_PROXY", address("me:s3cret@"))))
        .isEqualTo("hello");

    assertThat(proxy.takeRequest().getHeaders().get("Proxy-Authorization")).isNull();
    assertThat(proxy.takeRequest().getHeaders().get("Proxy-Authorization"))
        .isEqualTo(Credentials.basic("me", "s3cret"));
  }

  @ParameterizedTest
  @CsvSource({"http, HTTP_PROXY, ''", "http, HTTP_PROXY, me:s3cret@", "https, HTTPS_PROXY, ''"})
  void aProxyThatWantsALoginIsAnErrorThatSaysWhere(String scheme, String variable, String login) {
    proxy.enqueue(asking());
    proxy.enqueue(asking());

    assertThatThrownBy(() -> read(scheme + "://files.example/a", Map.of(variable, address(login))))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("the proxy wants a login; put user:password@ before its host")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
  }

  @Test
  void aProxyThatIsNotThereIsNamed() {
    String address = address("");
    proxy.close();

    assertThatThrownBy(() -> read("http://files.example/a", Map.of("HTTP_PROXY", address)))
        .isExactlyInstanceOf(IOException.class)
        .hasMessageContaining("no connection to the proxy localhost:" + proxy.getPort());
  }

  @Test
  void thisMachineIsAskedDirectly() throws Exception {
    try (MockWebServer server = new MockWebServer()) {
      server.start();
      server.enqueue(new MockResponse.Builder().body("here").build());

      assertThat(read(server.url("/a").toString(), Map.of("HTTP_PROXY", address(""))))
          .isEqualTo("here");
      assertThat(proxy.getRequestCount()).isZero();
    }
  }

  @Test
  void inACgiProgramHttpProxyIsNotOurs() {
    assertThat(
            new EnvironmentProxies(Map.of("REQUEST_METHOD", "GET", "HTTP_PROXY", "proxy:1"))
                .of("http", "files.example", 80))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks4://proxy:1080", "https://proxy", "http://", "://"})
  void anAddressThatIsNoProxyIsRefusedAndNotShown(String address) {
    assertThatThrownBy(
            () -> read("http://files.example/a", Map.of("HTTP_PROXY", address + "s3cret@")))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("HTTP_PROXY is not like http://host:port; proxies")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"p@s3cret/x", "p@s3cret#x", "12?s3cret", "12/s3cret", "s3cret/x"})
  void aPasswordThatIsNotEncodedIsNotShown(String password) {
    String address = "http://user:" + password + "@proxy.invalid:3128";

    assertThatThrownBy(() -> read("http://files.example/a", Map.of("HTTP_PROXY", address)))
        .hasMessageContaining("in a password @ is %40")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "files.example         | files.example     | 80  | true",
        "files.example         | a.files.example   | 80  | true",
        "files.example         | otherfiles.example| 80  | false",
        ".files.example        | files.example     | 80  | false",
        ".files.example        | a.files.example   | 80  | true",
        "*.files.example       | a.files.example   | 80  | true",
        "a, FILES.example ,b   | files.EXAMPLE     | 80  | true",
        "files.example:8080    | files.example     | 8080| true",
        "files.example:8080    | files.example     | 80  | false",
        "*                     | anything          | 80  | true",
        "10.0.0.1              | 10.0.0.1          | 80  | true",
        "10.0.0.1              | 10.0.0.2          | 80  | false",
        "10.0.0.0/8            | 10.200.3.4        | 80  | true",
        "10.0.0.0/8            | 11.200.3.4        | 80  | false",
        "10.0.0.0/8            | files.example     | 80  | false",
        "fd00::/8              | fd12::1           | 80  | true",
        "[fd12::1]:443         | fd12::1           | 443 | true",
        "fd12::1               | fd12::2           | 443 | false",
        "x                     | localhost         | 80  | true",
        "x                     | 127.1.2.3         | 80  | true",
        "x                     | ::1               | 80  | true",
        "10.0.0.0/x, 300.1.1.1 | 10.0.0.1          | 80  | false"
      })
  void noProxyNamesWhatIsAskedDirectly(String list, String host, int port, boolean direct) {
    assertThat(NoProxy.parse(list).matches(host, port)).isEqualTo(direct);
  }

  private static MockResponse asking() {
    return new MockResponse.Builder()
        .code(407)
        .addHeader("Proxy-Authenticate", "Basic realm=\"proxy\"")
        .build();
  }

  private String address(String login) {
    return "http://" + login + "localhost:" + proxy.getPort();
  }

  private static String read(String url, Map<String, String> environment) throws Exception {
    return read(url, HttpSettings.in(environment));
  }

  private static String read(String url, HttpSettings settings) throws Exception {
    try (HttpSource source = new HttpSource(settings);
        Content content = source.open(URI.create(url), FetchRequest.all("test"))) {
      return new String(content.body().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
