package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.stretcher.contract.Tools;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The resident agent of the packaged launcher, over a store in a directory. */
@Timeout(120)
class ResidentIT {
  private static final Pattern LISTENING = Pattern.compile("Listening at (http://.*)");

  @TempDir private Path directory;
  private final List<Process> agents = new ArrayList<>();
  private Path config;
  private Path works;

  @BeforeEach
  void configure() throws IOException {
    directory = directory.toRealPath();
    works = directory.resolve("works");
    config =
        AgentFixture.trusted(
            directory.resolve("config.yml"),
            "store: file:%s\nnode: web-1\nstate_dir: %s\napps: [shop]\n"
                .formatted(directory.resolve("fleet"), directory.resolve("state")));
  }

  @AfterEach
  void end() throws InterruptedException {
    for (Process agent : agents) {
      agent.destroyForcibly().waitFor();
    }
  }

  private Process start(String... args) throws IOException {
    return Launcher.start(
        Launcher.path(),
        List.of(args),
        "",
        Map.of("PATH", System.getenv("PATH"), "STRETCHER_CONFIG", config.toString()));
  }

  private Cli.Result run(String... args) throws Exception {
    return Launcher.finish(start(args));
  }

  private BufferedReader agent(String... more) throws IOException {
    List<String> args = new ArrayList<>(List.of("agent"));
    args.addAll(List.of(more));
    Process agent = start(args.toArray(String[]::new));
    agents.add(agent);
    return new BufferedReader(
        new InputStreamReader(agent.getErrorStream(), StandardCharsets.UTF_8));
  }

  /** Reads the log up to a line, which it returns. */
  private static String until(BufferedReader log, String text) throws IOException {
    StringBuilder before = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      if (line.contains(text)) {
        return line;
      }
      before.append(line).append('\n');
    }
    throw new AssertionError("the log ended without '" + text + "':\n" + before);
  }

  /** Makes a version desired, whose deploy works if the file {@code works} is there. */
  private void rollout(String app, String id) throws Exception {
    Path at = Files.createDirectories(directory.resolve(app));
    TestApp content = new TestApp(at).file("version", id).pack();
    Path manifest = Path.of(content.manifest("commands: {post: ['test -e %s']}".formatted(works)));
    String pin = "#sha256=" + DigestUtils.sha256Hex(Files.readAllBytes(manifest));
    Cli.Result result = run("rollout", app, "--to=" + manifest.toUri() + pin, "--id", id);
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private String version(String app) throws IOException {
    return Files.readString(directory.resolve(app).resolve("dest/version"));
  }

  private static HttpResponse<String> get(String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private void signal(String name) throws Exception {
    TestApp.exec("kill", "-s", name, Long.toString(agents.get(0).pid()));
  }

  @Test
  void itConvergesTriesAgainWhenToldReadsItsConfigurationAgainAndEndsCleanly() throws Exception {
    BufferedReader log = agent("--listen=0");
    Matcher listening = LISTENING.matcher(until(log, "Listening at "));
    assertThat(listening.find()).isTrue();
    until(log, "Ready");
    assertThat(get(listening.group(1) + "/healthz").body()).startsWith("ok: ");

    rollout("shop", "v1");
    until(log, "Deploy manifest failed");
    Cli.Result failed = run("wait", "shop");
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.err()).contains("web-1", "failed", "post");
    Files.createFile(works);
    signal("USR1");
    until(log, "Deploy manifest succeeded.");
    assertThat(run("wait", "shop", "--nodes=web-1").exitCode()).isZero();
    assertThat(version("shop")).isEqualTo("v1");
    assertThat(run("gate", "shop").exitCode()).isZero();
    assertThat(run("why", "shop").out()).contains("desired    v1", "live       v1, in ");
    assertThat(get(listening.group(1) + "/metrics").body())
        .contains("stretcher_app_deploys_total{app=\"shop\",outcome=\"failed\"} 1.0");

    Cli.Result second = run("agent");
    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(second.err()).contains("process " + agents.get(0).pid());

    AgentFixture.trusted(config, Files.readString(config).replace("[shop]", "[shop, web]"));
    rollout("web", "w1");
    signal("HUP");
    assertThat(until(log, "Deploy manifest succeeded.")).startsWith("web: ");
    assertThat(version("web")).isEqualTo("w1");

    // Process.destroy would close its outputs as well.
    agents.get(0).toHandle().destroy();
    assertThat(agents.get(0).waitFor()).isEqualTo(143);
  }

  @Test
  void aNewConfigurationIsTakenWhileTheStoreDoesNotSayHowItCallsThisHost() throws Exception {
    HttpServer consul =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    consul.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(500, -1);
          exchange.close();
        });
    consul.start();
    try {
      String store = "store: consul://127.0.0.1:" + consul.getAddress().getPort();
      String nameless = Files.readString(config).replaceFirst("store: .*\nnode: .*", store);
      AgentFixture.trusted(config, nameless);
      BufferedReader log = agent();
      until(log, "The store cannot be asked how it calls this host");
      AgentFixture.trusted(config, nameless + "node: web-2\n");
      signal("HUP");

      assertThat(until(log, "Starting up stretcher agent")).contains("shop of web-2 as consul://");
    } finally {
      consul.stop(0);
    }
  }

  @Test
  void onceBringsTheAppsToTheirDesiredStateOrSaysThatItCannot() throws Exception {
    rollout("shop", "v1");
    assertThat(run("gate", "shop", "--timeout=1ms").exitCode()).isEqualTo(1);
    assertThat(run("agent", "--once").exitCode()).isEqualTo(1);
    Files.createFile(works);
    Cli.Result once = run("agent", "--once", "--log-format=json");
    assertThat(once.exitCode()).as(once.err()).isZero();
    assertThat(once.err()).contains("\"event\":\"Notice\",\"message\":\"Ready\"");
    assertThat(version("shop")).isEqualTo("v1");
    assertThat(run("wait", "shop", "--nodes=web-1,web-2", "--timeout=1ms").exitCode()).isEqualTo(3);
  }

  @Test
  void statusIsPrintedAgainInAPipeAndOnATerminal() throws Exception {
    rollout("shop", "v1");
    Process piped = start("status", "shop", "--watch");
    agents.add(piped);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(piped.getInputStream(), StandardCharsets.UTF_8));
    assertThat(until(lines, "shop: v1")).doesNotContain("\033");
    rollout("shop", "v2");
    assertThat(until(lines, "shop: v2")).doesNotContain("\033");

    Tools.require("script");
    String command = "TERM=xterm %s status shop --watch".formatted(Launcher.path());
    Process terminal =
        Launcher.start(
            Path.of("/usr/bin/script"),
            List.of("-qec", command, "/dev/null"),
            "",
            Map.of("PATH", System.getenv("PATH"), "STRETCHER_CONFIG", config.toString()));
    agents.add(terminal);
    BufferedReader screen =
        new BufferedReader(
            new InputStreamReader(terminal.getInputStream(), StandardCharsets.UTF_8));
    assertThat(until(screen, "shop: v2")).contains("\033[H\033[2J");
    rollout("shop", "v3");
    assertThat(until(screen, "shop: v3")).contains("\033[H\033[2J");
  }
}
