package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.testing.consul.ConsulDouble;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events on STDIN. */
class AgentEventsTest extends AgentFixture {
  @Test
  void aPlainLineWithoutLineEndDeploys() throws Exception {
    Cli.Result result = agent(app.manifest("sync_strategy: mv").toString());

    assertThat(result.exitCode()).isZero();
    assertThat(app.dest().resolve("bin/run")).hasContent("v1");
    assertThat(result.err())
        .contains("Starting up stretcher agent ")
        .contains("Waiting for events from STDIN...")
        .contains("Loading manifest: file:")
        .contains("Executing manifest ")
        .contains("Loading URL file:")
        .contains("Checksum ok: " + app.sha256())
        .contains("Extract archive: " + app.archive() + " to ")
        .contains("Deploy manifest succeeded.")
        .endsWith(" Done\n");
    assertThat(result.err().lines())
        .allMatch(line -> line.matches("\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d .*"));
    assertThat(result.out()).isEmpty();
    assertNothingIsLeft();
  }

  @Test
  void carriageReturnAndBlanksAroundTheLineDoNotMatter() throws Exception {
    assertThat(agent(" \t" + app.manifest("sync_strategy: mv") + " \r\n").exitCode()).isZero();
    assertThat(app.dest().resolve("data/a.txt")).hasContent("aaa");
  }

  @Test
  void theLastEventOfAConsulArrayCounts() throws Exception {
    URI good = app.manifest("sync_strategy: mv");
    String events =
        "[" + consulEvent("one", "file:///no/such.yml") + "," + consulEvent("two", good) + "]\n";

    Cli.Result result = agent(events, "CONSUL_INDEX", "4230333957861204272");

    assertThat(result.err())
        .contains(" Reading Consul event\n")
        .contains(" Consul event ID: two\n")
        .doesNotContain("such.yml");
    assertThat(app.dest().resolve("bin/run")).hasContent("v1");
  }

  @Test
  void aConsulArrayIsRecognisedWithoutConsulIndex() throws Exception {
    Cli.Result result = agent("[" + consulEvent("x", app.manifest("sync_strategy: mv")) + "]");

    assertThat(result.exitCode()).isZero();
    assertThat(app.dest()).isDirectory();
  }

  @Test
  void theEmptyArrayThatConsulWatchStartsWithIsNothingToDo() throws Exception {
    Cli.Result result = agent(recorded().get(0), "CONSUL_INDEX", "1");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).contains("nothing to do");
  }

  @Test
  void theRecordedEventsOfConsulAreUnderstood() throws Exception {
    List<String> recorded = recorded();

    // The bucket of the recording is not to be asked for.
    String here = recorded.get(1).replace(base64("s3://b/1.yml"), base64("file:///no/such.yml"));
    assertThat(agent(here).err())
        .contains("Consul event ID: 847ff890-4be8-6859-2c67-4fc6ccc93d2e")
        .contains("Loading manifest: file:///no/such.yml");
    assertThat(agent(recorded.get(2)).err()).contains("e8162eb8-406b-c124-d2a3-04ea07fd2014");
    assertThat(agent(recorded.get(2)).exitCode()).isEqualTo(1);
    assertThat(agent(recorded.get(3)).err()).contains("e8162eb8-406b-c124-d2a3-04ea07fd2014");
  }

  @Test
  void aSerfUserEventIsNamed() throws Exception {
    Cli.Result result =
        agent(app.manifest("sync_strategy: mv") + "\n", "SERF_USER_EVENT", "deploy");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).contains("Reading Serf user event: deploy");
  }

  @Test
  void anEventOfConsulOrSerfIsReadAlsoWhereTheConfigurationNamesAnotherSource() throws Exception {
    String manifest = app.manifest("commands: {post: ['true']}").toString();
    String consul = "[" + consulEvent("one", manifest) + "]";
    List<String> flags = List.of("--events=queue://broker/deploys");
    Map<String, String> underConsul = environment();
    underConsul.put("CONSUL_INDEX", "1");
    Map<String, String> underSerf = environment();
    underSerf.put("SERF_USER_EVENT", "deploy");

    Cli.Result watched = run(flags, consul, underConsul);
    Cli.Result handled = run(flags, manifest + "\n", underSerf);

    assertThat(watched.err()).contains("Consul event ID: one", "Deploy manifest succeeded");
    assertThat(handled.err()).contains("Serf user event: deploy", "Deploy manifest succeeded");
    assertThat(handled.err()).contains("--events does not count for the events of consul watch");
    assertThat(handled.exitCode()).isZero();
  }

  @Test
  void anEventOfConsulDeploysWithoutConsulWatch() throws Exception {
    try (ConsulDouble consul = ConsulDouble.start()) {
      consul.fire("deploy", app.manifest("commands: {post: ['true']}").toString());

      Cli.Result result =
          run(List.of("--events=" + consul.address() + "/deploy"), "", environment());

      assertThat(result.err()).contains("Consul event ID: ", "Deploy manifest succeeded");
      assertThat(result.exitCode()).isZero();
    }
  }

  @Test
  void underConsulWatchTheExitStatusIsAlwaysZero() throws Exception {
    assertThat(agent("", "CONSUL_INDEX", "1").exitCode()).isZero();
    assertThat(agent("[]x", "CONSUL_INDEX", "1").exitCode()).isZero();
    assertThat(
            agent("[" + consulEvent("i", "file:///no/such.yml") + "]", "CONSUL_INDEX", "1")
                .exitCode())
        .isZero();
    assertThat(run(List.of("--no-such-flag"), "", Map.of("CONSUL_INDEX", "1")).exitCode()).isZero();
    assertThat(agent("file:///no/such.yml").exitCode()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check",
        "check a b",
        "check --retry=x m.yml",
        "check --config=/nonexistent m.yml",
        "deploy --dry-run",
        "help nosuch",
        "help fetch dest"
      })
  void aWrongQuestionIsNoGoodAnswerUnderConsulWatchEither(String arguments) throws Exception {
    Cli.Result result = run(List.of(arguments.split(" ")), "", Map.of("CONSUL_INDEX", "1"));

    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What a real {@code consul watch} wrote: empty, one, null payload, several. */
  private static List<String> recorded() throws IOException {
    List<String> arrays = new ArrayList<>();
    try (var in = AgentEventsTest.class.getResourceAsStream("watch-stdin.txt")) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith("["))
          .forEach(arrays::add);
    }
    return arrays;
  }
}
