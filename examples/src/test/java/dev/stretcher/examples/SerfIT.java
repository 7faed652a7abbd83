package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stretcher.contract.Condition;
import dev.stretcher.contract.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The files of {@code examples/serf} and the commands of {@code docs/how-to/serf.md}, with a Serf.
 */
@Timeout(120)
class SerfIT {
  private static final String LAUNCHER = "/usr/bin/stretcher";

  @TempDir private Path directory;
  private final Map<String, String> variables = new TreeMap<>();

  @Test
  void aPublishedVersionIsDeployedItsLogKeptAndTheMemberTagged() throws Exception {
    Tools.require("serf");
    directory = directory.toRealPath();
    variables.put("SERF_RPC_ADDR", "127.0.0.1:" + freePort());
    variables.put("STATUS_DIR", directory.resolve("status").toString());
    variables.put("JAVA_HOME", System.getProperty("java.home"));
    variables.put("PATH", Launcher.path().getParent() + ":" + System.getenv("PATH"));
    Process serf = start();
    try {
      Condition.await(() -> tags().isObject());

      Shell.Result published = run(commands());

      assertThat(published.status()).as(published.output()).isZero();
      Condition.await(() -> tags().path("shop").asText().equals("1.4.2"));
    } finally {
      serf.destroy();
      assertThat(serf.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(directory.resolve("srv/shop/greeting")).hasContent("hello");
    assertThat(directory.resolve("status/shop")).hasContent("1.4.2");
    assertThat(directory.resolve("status/shop.log"))
        .content()
        .containsPattern("1\\.4\\.2 on peer1, event [0-9]+\n")
        .contains("Deploy manifest succeeded.");
    assertThat(directory.resolve("stretcher.log"))
        .content()
        .contains("Reading Serf user event: deploy");
  }

  /** Starts an agent that has the example's configuration, but for places and addresses. */
  private Process start() throws IOException {
    ObjectMapper json = new ObjectMapper();
    String text = Files.readString(Repository.root().resolve("examples/serf/agent.json"));
    ObjectNode settings =
        (ObjectNode)
            json.readTree(
                text.replace("/var/lib/serf", directory.toString())
                    .replace("/var/log", directory.toString())
                    .replace(LAUNCHER, Launcher.path().toString())
                    .replace("--random-delay=10s", "--retry=0"));
    settings.put("node_name", "peer1").put("bind", "127.0.0.1:" + freePort());
    Path file = directory.resolve("agent.json");
    json.writeValue(file.toFile(), settings);
    ProcessBuilder builder =
        new ProcessBuilder(
                "serf",
                "agent",
                "-config-file=" + file,
                "-rpc-addr=" + variables.get("SERF_RPC_ADDR"))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("serf.log").toFile());
    builder.environment().putAll(variables);
    return builder.start();
  }

  /** Returns the commands that publish, with the places of this test. */
  private String commands() throws IOException {
    Path template = directory.resolve("app.yml");
    Path root = Repository.root();
    Files.createDirectory(directory.resolve("srv"));
    Files.writeString(
        template,
        Files.readString(root.resolve("examples/serf/app.yml"))
            .replace("/srv/", directory.resolve("srv") + "/"));
    Path tree = Files.createDirectories(directory.resolve("build/shop"));
    Files.writeString(tree.resolve("greeting"), "hello");
    return Fence.in(root.resolve("docs/how-to/serf.md")).stream()
        .filter(fence -> fence.text().contains("stretcher publish"))
        .findFirst()
        .orElseThrow()
        .text()
        .replace("https://artifacts.example.com", "file:" + directory.resolve("artifacts"))
        .replace("examples/serf/app.yml", template.toString());
  }

  /** Returns the tags of the only member; something else while the agent does not answer. */
  private JsonNode tags() {
    try {
      Shell.Result members = run("serf members -format=json 2>&1");
      return new ObjectMapper()
          .readTree(members.status() == 0 ? members.output() : "{}")
          .at("/members/0/tags");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Shell.Result run(String script) throws IOException, InterruptedException {
    return new Shell(directory, variables).run(script, List.of("sh", "-eu"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
