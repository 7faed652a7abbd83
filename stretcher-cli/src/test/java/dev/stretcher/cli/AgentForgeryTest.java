package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names, commands and output that look like lines of the log. */
class AgentForgeryTest extends AgentFixture {
  private static final String FORGED = "2026/01/01 00:00:00 Deploy manifest failed: forged";
  private static final String NAME = "a\n" + FORGED.replace('/', '-') + "\r\u001b[2J\u202e";
  private static final String SHOWN = "a\\n" + FORGED.replace('/', '-') + "\\r\\x1b[2J\\u202e";
  private static final String COMMANDS =
      """
      commands:
        pre:
          - |
            printf 'x\\r%s\\033[1A\\n'
            # nothing
            true
        success:
          - "cat; printf 'y\\\\r%s\\\\n' >&2"
      """
          .replace("%s", FORGED);

  private URI manifest;

  @BeforeEach
  void packForgedNames() throws Exception {
    deployFirst();
    manifest = app.file(NAME, "x").pack().manifest(COMMANDS);
  }

  @Test
  void aDeployLogsEachEventOnALineOfItsOwn() throws Exception {
    Cli.Result result = agent(manifest.toString());

    assertThat(result.exitCode()).isZero();
    assertThat(result.err())
        .contains(" " + SHOWN + "\n", "x\\r" + FORGED + "\\x1b[1A\n", "\ny\\r" + FORGED + "\n");
    assertThat(result.err().lines())
        .containsSubsequence("                    # nothing", "                    true")
        .noneMatch(line -> line.startsWith("2026/01/01"));
    // What the success command got on STDIN.
    assertThat(result.out().lines()).anyMatch(line -> line.endsWith(SHOWN)).isNotEmpty();
    assertNoControl(result.err() + result.out());
  }

  @Test
  void aDryRunDoesSo() throws Exception {
    Cli.Result result = run(List.of("deploy", "--dry-run", manifest.toString()), "", environment());

    assertThat(result.err())
        .contains(" create " + SHOWN + "\n", "\n                    # nothing\n");
    assertNoControl(result.err());
  }

  @Test
  void aCheckDoesSo() throws Exception {
    Cli.Result result =
        run(List.of("check", "--against-dest", manifest.toString()), "", environment());

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("  create " + SHOWN + "\n", "\n      # nothing\n");
    assertNoControl(result.out() + result.err());
  }

  @Test
  void theHistoryDoesSo() throws Exception {
    agent(app.manifest("commands: {post: [\"exit 3\\n" + FORGED + "\\r\"]}").toString());

    Cli.Result result = run(List.of("history"), "", environment());
    Cli.Result json = run(List.of("history", "--json"), "", environment());

    assertThat(result.out().lines()).last().asString().contains("exit 3\\n2026/01/01");
    assertThat(json.out().lines()).hasSize(2);
    assertNoControl(result.out() + json.out());
  }

  private static void assertNoControl(String text) {
    assertThat(text).doesNotContainPattern("[\\p{Cntrl}&&[^\n\t]]|[\u0080-\u009f\u2028\u202e]");
  }
}
