package dev.stretcher.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stretcher.cli.Cli;
import dev.stretcher.contract.Tools;
import dev.stretcher.testing.consul.ConsulDouble;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The manifest of {@code examples/consul}, from publication to what the board shows. */
@Timeout(60)
class ConsulExampleTest {
  private static final String TOKEN = "X-Consul-Token";

  @TempDir private Path directory;
  private final Map<String, String> environment = new TreeMap<>();
  private ConsulDouble consul;
  private Path template;

  @BeforeEach
  void prepare() throws IOException {
    Tools.require("curl");
    directory = directory.toRealPath();
    consul = ConsulDouble.start();
    template = directory.resolve("app.yml");
    writeTemplate("");
    Files.createDirectory(directory.resolve("srv"));
    environment.put("PATH", System.getenv("PATH"));
    environment.put("XDG_STATE_HOME", directory.resolve("state").toString());
    environment.put("CONSUL_HTTP_ADDR", "http://127.0.0.1:" + consul.port());
    environment.put("STRETCHER_STORE", consul.address().toString());
  }

  @AfterEach
  void stop() throws IOException {
    if (consul != null) {
      consul.close();
    }
  }

  @Test
  void anEventDeploysUnderConsulWatchAndTheBoardSaysSo() throws Exception {
    publish("1.0", "one");

    watch();

    assertThat(greeting()).hasContent("one");
    assertThat(board("shop").text()).contains("Consul event ID: ", "Deploy manifest succeeded.");
    assertThat(board("shop").flags()).matches("\\d{10}000");
    assertThat(board("shop-deployed").text()).isEqualTo("1.0");
  }

  @Test
  void aFailureIsOnTheBoardWithItsLog() throws Exception {
    publish("1.0", "one");
    try (Stream<Path> archives = Files.list(directory.resolve("artifacts/shop"))) {
      for (Path archive : archives.filter(file -> file.toString().endsWith(".gz")).toList()) {
        Files.writeString(archive, "something else");
      }
    }

    watch();

    assertThat(board("shop").text()).contains("Deploy manifest failed: checksum mismatch");
    assertThat(board("shop").flags()).matches("\\d{10}002");
    assertThat(directory.resolve("srv/shop")).doesNotExist();
  }

  @Test
  void ofALongLogTheBoardHasTheEnd() throws Exception {
    writeTemplate("    - seq 100000\n");
    publish("1.0", "one");

    watch();

    assertThat(board("shop").text()).hasSize(500_000).contains("Deploy manifest succeeded.");
  }

  @Test
  void aHostThatStartsLaterGetsTheVersionThatWasPublishedLast() throws Exception {
    publish("1.0", "one");
    publish("2.0", "two");

    run("", "agent", "--once", "--app=shop", "--node=late");

    assertThat(greeting()).hasContent("two");
  }

  @Test
  void aHostWithoutTheAgentReadsTheUrlThatWasRecorded() throws Exception {
    publish("1.0", "one");
    publish("2.0", "two");

    run(get("kv/stretcher/shop/manifest?raw"), "--retry=0");

    assertThat(greeting()).hasContent("two");
  }

  @Test
  void theTokenOfTheCommandsComesFromAFile() throws Exception {
    consul.allow("publisher", "");
    consul.allow("host", "dashboard/");
    Path file = directory.resolve("consul.curlrc");
    Files.writeString(file, "header = \"%s: host\"\n".formatted(TOKEN));
    environment.put("CONSUL_HTTP_TOKEN", "publisher");
    publish("1.0", "one");
    environment.put("CONSUL_CURLRC", file.toString());

    watch();

    assertThat(board("shop-deployed").text()).isEqualTo("1.0");
  }

  private void publish(String version, String greeting) throws IOException {
    Path tree = Files.createDirectories(directory.resolve("tree-" + version));
    Files.writeString(tree.resolve("greeting"), greeting);
    run(
        "",
        "publish",
        tree.toString(),
        "--app=shop",
        "--id=" + version,
        "--env=DEPLOY_ID=" + version,
        "--to=file:" + directory.resolve("artifacts"),
        "--manifest=" + template,
        "--event=deploy");
  }

  /** Does what {@code consul watch} does with the events that it finds. */
  private void watch() throws Exception {
    environment.put("CONSUL_INDEX", "12112632780075128183");
    run(get("event/list?name=deploy"), "--retry=0");
  }

  private void run(String input, String... arguments) {
    Cli.Result result =
        Cli.launch(
            List.of(arguments), new ByteArrayInputStream(input.getBytes(UTF_8)), environment);
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private String get(String path) throws Exception {
    URI url = URI.create("http://127.0.0.1:" + consul.port() + "/v1/" + path);
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header(TOKEN, environment.getOrDefault("CONSUL_HTTP_TOKEN", ""))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  private Path greeting() {
    return directory.resolve("srv/shop/greeting");
  }

  private record Shown(String text, String flags) {}

  private Shown board(String key) throws Exception {
    String said = get("kv/dashboard/deploy?recurse");
    for (JsonNode each : new ObjectMapper().readTree(said)) {
      if (each.get("Key").asText().matches("dashboard/deploy/(?!consul/)[^/]+/" + key)) {
        byte[] text = Base64.getDecoder().decode(each.get("Value").asText());
        return new Shown(new String(text, UTF_8), each.get("Flags").asText());
      }
    }
    throw new AssertionError(key + " is not in " + said);
  }

  private void writeTemplate(String morePreCommands) throws IOException {
    String text = Files.readString(Repository.root().resolve("examples/consul/app.yml"));
    Files.writeString(
        template,
        text.replace("/srv/", directory.resolve("srv") + "/")
            .replace("  pre:\n", "  pre:\n" + morePreCommands));
  }
}
