package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts and the manifest of {@code examples/consul}, from publication to bootstrap. */
class ConsulIT {
  @TempDir Path directory;
  private ConsulStandIn consul;
  private Path template;
  private Shell shell;

  @BeforeEach
  void prepare() throws IOException {
    Tools.require("curl");
    Tools.require("rsync");
    consul = new ConsulStandIn();
    template = directory.resolve("app.yml");
    writeTemplate("");
    Files.createDirectory(directory.resolve("srv"));
    shell =
        Shell.in(directory)
            .with("CONSUL_HTTP_ADDR", consul.url())
            .with("ARTIFACTS_URL", consul.url() + "/store")
            .with("MANIFEST", template.toString())
            .with("STRETCHER", Launcher.path().toString())
            .with("PAUSE", "0");
  }

  @AfterEach
  void stop() {
    if (consul != null) {
      consul.close();
    }
  }

  @Test
  void publishUploadsRecordsAndFires() throws Exception {
    String url = publish("1.0", "one");

    assertThat(url).isEqualTo(consul.url() + "/store/shop-1.0.yml");
    assertThat(consul.files()).containsOnlyKeys("shop-1.0.tar.gz", "shop-1.0.yml");
    assertThat(consul.values().get("stretcher/shop/manifest").text()).isEqualTo(url);
    assertThat(consul.events()).containsExactly(url);
  }

  @Test
  void theManifestNamesTheTableOfContents() throws Exception {
    publish("1.0", "one");

    assertThat(new String(consul.files().get("shop-1.0.yml"), StandardCharsets.UTF_8))
        .containsPattern("checksum: \"sha256:[0-9a-f]{64}\"\ntoc: \"sha256:[0-9a-f]{64}\"\n");
  }

  @Test
  void whatCannotBePackedIsToldAndNotPublished() throws Exception {
    String[] command = publishCommand("1.0", "one");
    Shell.Result socket =
        shell.run(
            "python3", "-c", "import socket; socket.socket(socket.AF_UNIX).bind('tree-1.0/sock')");
    assertThat(socket.status()).as(socket.output()).isZero();

    Shell.Result result = shell.run(command);

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.output()).contains("'sock': it is a socket", "pack: cannot pack");
    assertThat(consul.files()).isEmpty();
  }

  @Test
  void publishFiresNothingWhenConsulDoesNotAnswer() throws Exception {
    consul.requireToken("secret");

    Shell.Result result = shell.run(publishCommand("1.0", "one"));

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.output()).contains("cannot record", "nothing was fired");
    assertThat(consul.events()).isEmpty();
  }

  @Test
  void anEventDeploysAndTheBoardSaysSo() throws Exception {
    deploy(publish("1.0", "one"));

    assertThat(directory.resolve("srv/shop/greeting")).hasContent("one");
    ConsulStandIn.Value log = board("shop");
    assertThat(log.text()).contains("Consul event ID: 847ff890", "Deploy manifest succeeded.");
    assertThat(log.query()).matches("flags=\\d{10}000");
    assertThat(board("shop-deployed").text()).isEqualTo("1.0");
  }

  @Test
  void aFailureIsOnTheBoardWithItsLog() throws Exception {
    String url = publish("1.0", "one");
    consul.files().put("shop-1.0.tar.gz", "something else".getBytes(StandardCharsets.UTF_8));

    deploy(url);

    assertThat(board("shop").text()).contains("Deploy manifest failed: checksum mismatch");
    assertThat(board("shop").query()).matches("flags=\\d{10}002");
    assertThat(directory.resolve("srv/shop")).doesNotExist();
  }

  @Test
  void ofALongLogTheBoardHasTheEnd() throws Exception {
    writeTemplate("    - seq 100000\n");

    deploy(publish("1.0", "one"));

    assertThat(board("shop").text()).hasSize(500_000).contains("Deploy manifest succeeded.");
  }

  @Test
  void aHostThatStartsLaterGetsTheVersionThatWasPublishedLast() throws Exception {
    publish("1.0", "one");
    publish("2.0", "two");
    consul.hasNoLeaderFor(2);

    Shell.Result result = shell.run(script("bootstrap"), "shop", "--retry=0");

    assertThat(result.status()).as(result.output()).isZero();
    assertThat(result.output()).contains("Consul is not ready (status 500)");
    assertThat(directory.resolve("srv/shop/greeting")).hasContent("two");
  }

  @Test
  void bootstrapSaysThatNothingWasPublished() throws Exception {
    assertBootstrapFails("publish a version of shop first");
  }

  @Test
  void bootstrapSaysThatTheTokenIsWrong() throws Exception {
    consul.requireToken("secret");

    assertBootstrapFails("check the token in CONSUL_CURLRC");
  }

  @Test
  void bootstrapGivesUpOnAnAgentThatDoesNotAnswer() throws Exception {
    consul.close();
    shell = shell.with("ATTEMPTS", "2");

    assertBootstrapFails("after 2 attempts (the last status was 000); is the agent running?");
  }

  @Test
  void theTokenComesFromAFile() throws Exception {
    consul.requireToken("secret");
    Path file = directory.resolve("consul.curlrc");
    Files.writeString(file, "header = \"X-Consul-Token: secret\"\n");
    shell = shell.with("CONSUL_CURLRC", file.toString());

    deploy(publish("1.0", "one"));

    assertThat(board("shop-deployed").text()).isEqualTo("1.0");
    assertThat(board("shop").text()).doesNotContain("secret");
  }

  private void assertBootstrapFails(String message) throws IOException, InterruptedException {
    Shell.Result result = shell.run(script("bootstrap"), "shop");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.output()).contains("bootstrap: ", message);
  }

  private String publish(String version, String greeting) throws IOException, InterruptedException {
    Shell.Result result = shell.run(publishCommand(version, greeting));
    assertThat(result.status()).as(result.output()).isZero();
    return result.output().strip();
  }

  private String[] publishCommand(String version, String greeting) throws IOException {
    Path tree = Files.createDirectories(directory.resolve("tree-" + version));
    Files.writeString(tree.resolve("greeting"), greeting);
    return new String[] {script("publish"), "shop", version, tree.toString()};
  }

  /** Does what {@code consul watch} does with an event. */
  private void deploy(String url) throws IOException, InterruptedException {
    String payload = Base64.getEncoder().encodeToString(url.getBytes(StandardCharsets.UTF_8));
    String event =
        "[{\"ID\":\"847ff890\",\"Name\":\"deploy\",\"Payload\":\"%s\",\"NodeFilter\":\"\",\"LTime\":4}]\n"
            .formatted(payload);
    Shell.Result result =
        shell
            .with("CONSUL_INDEX", "12112632780075128183")
            .run(event, List.of(Launcher.path().toString(), "--retry=0"));
    assertThat(result.status()).as(result.output()).isZero();
  }

  private ConsulStandIn.Value board(String key) {
    Map<String, ConsulStandIn.Value> values = consul.values();
    return values.keySet().stream()
        .filter(name -> name.matches("dashboard/deploy/[^/]+/" + key))
        .findFirst()
        .map(values::get)
        .orElseThrow(() -> new AssertionError(key + " is not in " + values.keySet()));
  }

  private void writeTemplate(String morePreCommands) throws IOException {
    String text = Files.readString(Path.of(script("app.yml")));
    Files.writeString(
        template,
        text.replace("/srv/", directory.resolve("srv") + "/")
            .replace("  pre:\n", "  pre:\n" + morePreCommands));
  }

  private static String script(String name) throws IOException {
    return Repository.root().resolve("examples/consul/" + name).toString();
  }
}
