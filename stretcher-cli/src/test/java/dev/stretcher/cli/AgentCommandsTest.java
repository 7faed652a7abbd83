package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The commands of manifests. */
class AgentCommandsTest extends AgentFixture {
  @Test
  void aPreCommandThatFailsStopsTheDeployBeforeDestChanges() throws Exception {
    Cli.Result result =
        agent(
            app.manifest(
                    "sync_strategy: mv",
                    "commands:",
                    "  pre: [echo one, 'echo two; exit 3', echo three]",
                    "  post: [echo post]",
                    "  success: [echo good]",
                    "  failure: ['cat; echo bad', 'pwd']")
                .toString());

    assertFails(result, "exit 3", "exit status 3");
    assertThat(result.err()).contains(" two\n").doesNotContain(" three\n").doesNotContain("post\n");
    assertThat(result.out())
        .contains("Starting up stretcher agent ")
        .contains("Deploy manifest failed: ")
        .contains("bad\n" + Path.of("").toAbsolutePath() + "\n")
        .doesNotContain("\ngood\n");
    assertThat(app.dest()).doesNotExist();
  }

  @Test
  void commandsRunInOrderWithTheirEnvironmentAndTheLogOnStdin() throws Exception {
    Cli.Result result =
        agent(
            app.manifest(
                    "sync_strategy: mv",
                    "env: {GREETING: 'grüß {{ env \"WHO\" \"x\" }}'}",
                    "commands:",
                    "  pre: ['echo \"$GREETING\"; echo err >&2']",
                    "  post: ['test -f %s/bin/run && echo there']".formatted(app.dest()),
                    "  success: ['grep -c \"Deploy manifest succeeded.$\"; echo to-err >&2',"
                        + " 'true', 'exit 9', 'echo never']")
                .toString(),
            "WHO",
            "Gott");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err())
        .contains("invoking command: echo \"$GREETING\"")
        .contains(" grüß Gott\n")
        .contains(" err\n")
        .contains(" there\n")
        .contains("\nto-err\n")
        .contains("exit 9")
        .doesNotContain("invoking command: echo never");
    assertThat(result.out()).isEqualTo("1\n");
  }

  @Test
  void aHookThatLeavesAChildHoldingStdoutDoesNotBlock() throws Exception {
    long start = System.nanoTime();
    Cli.Result result =
        agent(
            app.manifest("sync_strategy: mv", "commands: {pre: ['sleep 30 & echo started']}")
                .toString());

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).contains(" started\n");
    assertThat((System.nanoTime() - start) / 1_000_000_000L).isLessThan(25);
  }

  @Test
  void aManifestWithoutSrcRunsItsCommandsOnly() throws Exception {
    Cli.Result result =
        agent(app.write("commands: {pre: [echo a], post: [echo b], success: [echo c]}") + "");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).containsSubsequence(" a\n", " b\n");
    assertThat(result.out()).isEqualTo("c\n");
  }

  @Test
  void aHookThatPrintsALotDoesNotBlockAndItsLogIsCut() throws Exception {
    Cli.Result result =
        agent(
            app.write(
                    "commands: {pre: ['yes abcdefghijklmnopqrstuvwxyz | head -n 600000'],"
                        + " success: [wc -c]}")
                .toString());

    assertThat(result.exitCode()).isZero();
    assertThat(Integer.parseInt(result.out().strip())).isBetween(4_000_000, 9_000_000);
  }
}
