package dev.stretcher.sources.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.sources.HttpSource;
import dev.stretcher.sources.setting.HttpHeader;
import dev.stretcher.sources.setting.HttpSettings;
import dev.stretcher.spi.FetchRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Credentials;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets which login and which header. */
class HttpCredentialsTest {
  @TempDir private Path home;

  private final MockWebServer server = new MockWebServer();
  private final MockWebServer other = new MockWebServer();
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void start() throws IOException {
    server.start();
    other.start();
    environment.put("HOME", home.toString());
  }

  @AfterEach
  void stop() {
    server.close();
    other.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "machine localhost login me password s3cret",
        "machine elsewhere login x password y\nmachine LOCALHOST\n\tlogin me\n\tpassword s3cret\n",
        "# old: machine localhost login x password y\nmachine localhost login me password s3cret",
        "macdef init\nmachine localhost login x password y\n\ndefault login me password s3cret",
        "machine localhost account a login \"me\" password \"s3cret\"",
        "machine localhost password s3cret login me macdef x\nlogin y\n",
        "Machine localhost LOGIN me Password s3cret",
        "machine localhost login me password s3cret\nMachine b login z password w",
        "machine localhost login me password s3cret login z password w",
        "machine localhost port 21\nmachine localhost login me password s3cret",
        "machine b login joe password\nmachine localhost login me password s3cret",
        "machine b login joe password\ndefault login me password s3cret",
        "machine localhost login #old\nme password # the new one\ns3cret"
      })
  void netrcHasTheLoginOfAHost(String netrc) throws Exception {
    netrc(netrc);

    assertThat(sent("/a").get("Authorization")).isEqualTo(Credentials.basic("me", "s3cret"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "machine elsewhere login me password s3cret",
        "machine localhost port 21",
        "machine localhost\nMachine elsewhere login me password s3cret",
        "default"
      })
  void othersGetNoLogin(String netrc) throws Exception {
    netrc(netrc);

    assertThat(sent("/a").get("Authorization")).isNull();
  }

  @Test
  void theDefaultLoginStaysOnTheHostThatWasAskedFor() throws Exception {
    netrc("default login me password s3cret");
    server.enqueue(
        new MockResponse.Builder()
            .code(302)
            .addHeader("Location", other.url("/b").toString())
            .build());
    other.enqueue(new MockResponse.Builder().build());

    open(server.url("/a").uri(), List.of());

    assertThat(server.takeRequest().getHeaders().get("Authorization")).isNotNull();
    assertThat(other.takeRequest().getHeaders().get("Authorization")).isNull();
  }

  @Test
  void settingsDoNotShowTheEnvironment() {
    environment.put("TOKEN", "s3cret");

    assertThat(HttpSettings.in(environment).toString()).doesNotContain("s3cret");
  }

  @Test
  void theLoginInAUrlIsTheOneThatCounts() throws Exception {
    netrc("machine localhost login me password s3cret");
    server.enqueue(new MockResponse.Builder().build());

    open(URI.create(server.url("/a").toString().replace("://", "://you:pw@")), List.of());

    assertThat(server.takeRequest().getHeaders().get("Authorization"))
        .isEqualTo(Credentials.basic("you", "pw"));
  }

  @Test
  void anotherFileCanBeNamed() throws Exception {
    Path file = Files.writeString(home.resolve("logins"), "default login me password s3cret");
    environment.put("NETRC", file.toString());

    assertThat(sent("/a").get("Authorization")).isEqualTo(Credentials.basic("me", "s3cret"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "machine ftp.example port 2121 login a password b",
        "machine ftp.example login a password b # of the backup, its login password machine\n",
        "protocol ftp\nmachine ftp.example",
        "machine ftp.example login a password gr\u00f6n",
        "machine ftp.example login a passwort b",
        "\u00ff\u00fe#\n",
      })
  void whatIsNotUnderstoodIsPassedOver(String before) throws Exception {
    netrc(before + "\nmachine localhost login me password s3cret");

    assertThat(sent("/a").get("Authorization")).isEqualTo(Credentials.basic("me", "s3cret"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"", ""})
  void aLongValueInQuotesIsOneToo(String end) throws Exception {
    String value = "a".repeat(100_000);
    netrc(
        "machine ftp.example login a password \"%s%s\nmachine localhost login me password s3cret"
            .formatted(value, end));

    assertThat(sent("/a").get("Authorization")).isEqualTo(Credentials.basic("me", "s3cret"));
  }

  @Test
  void escapesInQuotesAreThoseOfCurl() throws Exception {
    netrc("machine localhost login \"m\\e\" password \"a\\tb\\nc\\rd\\\"e\\\\f\"");

    assertThat(sent("/a").get("Authorization"))
        .isEqualTo(Credentials.basic("me", "a\tb\nc\rd\"e\\f"));
  }

  @Test
  void aFileThatIsNoneOfLoginsIsNamed() {
    environment.put("NETRC", "/dev/zero");

    assertThatThrownBy(() -> open(server.url("/a").uri(), List.of()))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("/dev/zero: has more than 1 MiB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"machine ftp.example login", "machine", "macdef x\nmachine"})
  void aFileThatEndsEarlyIsPassedOver(String netrc) throws Exception {
    netrc(netrc);

    assertThat(sent("/a").get("Authorization")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO-8859-1", "UTF-8"})
  void aPasswordIsSentInTheBytesOfTheFile(String charset) throws Exception {
    Charset encoding = Charset.forName(charset);
    Files.writeString(
        home.resolve(".netrc"), "machine localhost login me password gr\u00f6n", encoding);

    assertThat(sent("/a").get("Authorization"))
        .isEqualTo(Credentials.basic("me", "gr\u00f6n", encoding));
  }

  @Test
  void aDirectoryInItsPlaceIsPassedOver() throws Exception {
    Files.createDirectory(home.resolve(".netrc"));

    assertThat(sent("/a").get("Authorization")).isNull();
  }

  @Test
  void aNamedFileThatIsMissingIsAnError() {
    environment.put("NETRC", home.resolve("missing").toString());

    assertThatThrownBy(() -> open(server.url("/a").uri(), List.of()))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining(
            "NETRC="
                + home.resolve("missing")
                + ": there is no such file; make it, or unset NETRC");
  }

  @Test
  void aNamedFileThatCannotBeReadIsAnError() {
    environment.put("NETRC", home.toString());

    assertThatThrownBy(() -> open(server.url("/a").uri(), List.of()))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("NETRC=" + home + ": cannot be read; let this user read it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "logins"})
  void whoIsNotLetInIsToldWhichFileCounts(String name) throws Exception {
    String counts = "~/.netrc";
    if (!name.isEmpty()) {
      counts = Files.createFile(home.resolve(name)).toString();
      environment.put("NETRC", counts);
    }
    server.close();
    try (MockWebServer strict = new MockWebServer()) {
      strict.enqueue(new MockResponse.Builder().code(401).build());
      strict.start();
      assertThatThrownBy(() -> open(strict.url("/a").uri(), List.of()))
          .hasMessageContaining("put the right login into " + counts + ", or ");
    }
  }

  @Test
  void aHeaderHasTheValueOfItsVariable() throws Exception {
    environment.put("TOKEN", "Bearer s3cret");

    assertThat(sent("/a", "Authorization=TOKEN").get("Authorization")).isEqualTo("Bearer s3cret");
    assertThat(sent("/a", "localhost/X-A=TOKEN", "X-B=TOKEN").get("X-A"))
        .isEqualTo("Bearer s3cret");
    assertThat(sent("/a", "localhost:" + server.getPort() + "/X-A=TOKEN").get("X-A"))
        .isEqualTo("Bearer s3cret");
    assertThat(sent("/a", "localhost:1/X-A=TOKEN").get("X-A")).isNull();
    assertThat(sent("/a", "elsewhere/X-A=TOKEN").get("X-A")).isNull();
  }

  @Test
  void aHeaderStaysOnTheHostThatWasAskedFor() throws Exception {
    environment.put("TOKEN", "s3cret");
    server.enqueue(
        new MockResponse.Builder()
            .code(302)
            .addHeader("Location", other.url("/b").toString())
            .build());
    other.enqueue(new MockResponse.Builder().build());

    open(server.url("/a").uri(), List.of(HttpHeader.parse("X-Token=TOKEN")));

    assertThat(server.takeRequest().getHeaders().get("X-Token")).isEqualTo("s3cret");
    assertThat(other.takeRequest().getHeaders().get("X-Token")).isNull();
  }

  @Test
  void aVariableThatIsNotSetIsNamed() {
    assertThatThrownBy(() -> sent("/a", "X-A=TOKEN"))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("environment variable TOKEN: is not set");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3cret\nX-B: c", "s3cret\u0000", "s3crét"})
  void aValueThatNoHeaderCanHaveIsNotShown(String value) {
    environment.put("TOKEN", value);

    assertThatThrownBy(() -> sent("/a", "X-A=TOKEN"))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("environment variable TOKEN: has a line break")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cr"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "X-A", "X-A=", "X A=TOKEN", "Authorization: Bearer s3cret", "a/b/c=D"})
  void whatIsNoHeaderIsRefusedAndNotShown(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpHeader.parse(text))
        .withMessageContaining("expected [HOST[:PORT]/]NAME=VARIABLE")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
  }

  private void netrc(String text) throws IOException {
    Files.writeString(home.resolve(".netrc"), text, StandardCharsets.ISO_8859_1);
  }

  private Headers sent(String path, String... headers) throws Exception {
    server.enqueue(new MockResponse.Builder().build());
    open(server.url(path).uri(), Stream.of(headers).map(HttpHeader::parse).toList());
    return server.takeRequest().getHeaders();
  }

  private void open(URI uri, List<HttpHeader> headers) throws IOException, InterruptedException {
    try (HttpSource source = new HttpSource(HttpSettings.in(environment).withHeaders(headers))) {
      source.open(uri, FetchRequest.all("test")).close();
    }
  }
}
