package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The log for programs. */
class AgentJsonTest extends AgentFixture {
  @Test
  void eachEventIsAnObjectOnALineOfItsOwn() throws Exception {
    String manifest =
        app.manifest(
                "sync_strategy: mv",
                "commands: {pre: ['echo \\\"quoted\\\"'], success: ['cat >/dev/null; echo done']}")
            .toString();

    Cli.Result result = run(List.of("--log-format=json"), manifest, environment());

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEqualTo("done\n");
    List<JsonNode> events = events(result);
    assertThat(events)
        .extracting(event -> event.get("event").asText())
        .containsSubsequence(
            "Started", "LoadingManifest", "Fetched", "Verified", "HookPrinted", "Synced", "Done");
    assertThat(events).allMatch(event -> event.get("time").asText().endsWith("Z"));
    JsonNode fetched = only(events, "Fetched");
    assertThat(fetched.get("bytes").asLong()).isPositive();
    assertThat(fetched.get("file").asText()).endsWith("app.tar.gz");
    assertThat(fetched.get("elapsedSeconds").isNumber()).isTrue();
    assertThat(events)
        .filteredOn(event -> event.get("event").asText().equals("HookPrinted"))
        .extracting(event -> event.get("phase").asText() + " " + event.get("line").asText())
        .containsExactly("pre \"quoted\"", "success done");
  }

  @Test
  void eachLineNamesTheHostTheDeployAndItsDest() throws Exception {
    String manifest = app.manifest("commands: {pre: ['echo $STRETCHER_DEPLOY_ID']}").toString();

    List<JsonNode> events = events(run(List.of("--log-format=json"), manifest, environment()));

    String deploy = only(events, "HookPrinted").get("line").asText();
    assertThat(events)
        .allMatch(event -> event.get("deploy").asText().equals(deploy))
        .allMatch(event -> !event.get("host").asText().isBlank());
    JsonNode executing = only(events, "ExecutingManifest");
    assertThat(executing.get("dest")).isEqualTo(executing.get("manifest").get("dest"));
    assertThat(only(events, "Done").get("dest")).isEqualTo(executing.get("dest"));
    assertThat(only(events, "Synced").get("report").get("totals").get("files").asLong())
        .isPositive();
  }

  @Test
  void namesAndCommandsAreThereAsTheyAre() throws Exception {
    String name = "new\nline\u2028\u001b[2J";
    String command = "true\n# 2026/01/01 00:00:00 Done";
    deployFirst();
    String manifest =
        app.file(name, "x")
            .pack()
            .manifest("commands: {pre: [\"" + command.replace("\n", "\\n") + "\"]}")
            .toString();

    Cli.Result result = run(List.of("--log-format=json"), manifest, environment());

    assertThat(result.err()).doesNotContain("\u2028");
    List<JsonNode> events = events(result);
    assertThat(only(events, "HookStarted").get("command").asText()).isEqualTo(command);
    assertThat(events)
        .filteredOn(event -> event.get("event").asText().equals("SyncPrinted"))
        .extracting(event -> event.get("line").asText())
        .contains(name);
  }

  @Test
  void secretsOfUrlsAreNotInIt() throws Exception {
    Cli.Result result =
        run(
            List.of("--log-format", "json", "--retry=0"),
            "http://user:sekret@127.0.0.1:1/app.yml?token=sekret",
            environment());

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(events(result)).isNotEmpty();
    assertThat(result.err()).contains("http://127.0.0.1:1/app.yml").doesNotContain("sekret");
  }

  @Test
  void anotherFormatIsRefused() throws Exception {
    Cli.Result result = run(List.of("--log-format=xml"), "", Map.of());

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("'xml' is not one of text, json");
  }

  private static JsonNode only(List<JsonNode> events, String name) {
    return events.stream()
        .filter(event -> event.get("event").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<JsonNode> events(Cli.Result result) throws Exception {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> events = new ArrayList<>();
    for (String line : result.err().lines().toList()) {
      events.add(json.readTree(line));
    }
    return events;
  }
}
