package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the agent remembers. */
class AgentLedgerTest extends AgentFixture {
  private Path count;
  private URI manifest;

  @BeforeEach
  void countDeploys() throws Exception {
    count = directory.resolve("count");
    manifest = app.manifest("commands: {post: ['echo deployed >> %s']}".formatted(count));
  }

  private Cli.Result fire(String id, String... args) throws Exception {
    return run(List.of(args), "[" + consulEvent(id, manifest) + "]", environment());
  }

  private Cli.Result history(String... args) throws Exception {
    List<String> all = new java.util.ArrayList<>(List.of("history"));
    all.addAll(List.of(args));
    return run(all, "", environment());
  }

  @Test
  void anEventThatConsulRepeatsIsNotDeployedAgain() throws Exception {
    assertThat(fire("one").exitCode()).isZero();
    Cli.Result again = fire("one");
    assertThat(again.exitCode()).isZero();
    assertThat(again.err())
        .contains("Event one was handled before (succeeded at ")
        .contains(" send a new one, or use --replay=deploy");
    assertThat(fire("two").exitCode()).isZero();
    assertThat(count).hasContent("deployed\ndeployed\n");
  }

  @Test
  void itMayBeDeployedAgain() throws Exception {
    fire("one");
    fire("one", "--replay=deploy");
    fire("one", "--state-dir=");
    assertThat(count).hasContent("deployed\ndeployed\ndeployed\n");
  }

  @Test
  void oneThatFailedIsNotDeployedAgainEither() throws Exception {
    manifest = app.write("src: [");
    assertThat(fire("one").exitCode()).isEqualTo(1);
    assertThat(fire("one").err()).contains("handled before (failed at ");
  }

  @Test
  void aLineThatComesAgainIsDeployedAgain() throws Exception {
    agent(manifest.toString());
    agent(manifest.toString());
    assertThat(count).hasContent("deployed\ndeployed\n");
  }

  @Test
  void historyPrintsWhatWasDeployed() throws Exception {
    fire("one");
    manifest = app.manifest("commands: {pre: ['false']}");
    fire("two");

    Cli.Result history = history();

    assertThat(history.exitCode()).isZero();
    assertThat(history.out().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches(
                        "[0-9/]{10} [0-9:]{8}  succeeded  +[0-9]+\\.[0-9]  \\S+/dest  \\S+\\.yml"),
            line -> assertThat(line).contains("  failed  ", "pre command 'false': exit status 1"));
    assertThat(history("--json").out().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("{\"time\":")
                    .endsWith("}")
                    .contains("\"dest\":\"" + app.dest(), "\"event\":\"one\"", "\"digest\":\""),
            line -> assertThat(line).contains("\"outcome\":\"failed\"", "pre command 'false'"));
  }

  @Test
  void historyCanBeOfOneDestOnly() throws Exception {
    fire("one");
    assertThat(history("--dest", app.dest() + "/./").out()).contains("succeeded");
    Cli.Result other = history("--dest=" + app.dest().resolve("other"));
    assertThat(other.exitCode()).isZero();
    assertThat(other.out()).isEmpty();
  }

  @Test
  void historyCanBeOfTheLastOnesOnly() throws Exception {
    fire("one");
    fire("two");
    assertThat(history("-n", "1", "--json").out().lines())
        .singleElement()
        .asString()
        .contains("\"event\":\"two\"");
    assertThat(history("-n=0").out().lines()).hasSize(2);
  }

  @Test
  void historyOfNothingIsEmpty() throws Exception {
    Cli.Result none = history("--state-dir", directory.resolve("none").toString());
    assertThat(none.exitCode()).isZero();
    assertThat(none.out()).isEmpty();
    Path file = Files.createFile(directory.resolve("file"));
    Cli.Result unreadable = history("--state-dir", file.toString());
    assertThat(unreadable.exitCode()).isEqualTo(1);
    assertThat(unreadable.err()).contains("the ledger in " + file, "not a directory");
    assertThat(history("--state-dir=").err()).contains("--state-dir");
  }

  @Test
  void whereOtherDeploysHaveTheLedgerIsNoDest() throws Exception {
    manifest =
        app.write(
            "src: %s\nchecksum: %s\ndest: %s\n"
                .formatted(
                    app.archive().toUri(), app.sha256(), directory.resolve("state/stretcher")));

    Cli.Result check =
        run(List.of("check", "--state-dir=", manifest.toString()), "", environment());

    assertThat(check.err()).contains("is the agent's state");
    assertThat(check.exitCode()).isEqualTo(1);
  }

  @Test
  void aDamagedLedgerIsAWarningAndNoMore() throws Exception {
    fire("one");
    Path ledger = directory.resolve("state/stretcher/ledger.jsonl");
    Files.writeString(ledger, "damaged\n" + Files.readString(ledger));

    Cli.Result again = fire("one");

    assertThat(again.err()).contains("the ledger", "lines that are no records: 1", "was handled");
    assertThat(history().out().lines()).hasSize(1);
  }

  @Test
  void aLedgerThatCannotBeWrittenDoesNotStopADeploy() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    Cli.Result result = fire("one", "--state-dir=" + file.resolve("state"));
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).contains("cannot write the ledger");
    assertThat(count).hasContent("deployed\n");
  }

  @Test
  void aLedgerThatOthersMayWriteIsNotBelieved() throws Exception {
    fire("one");
    Path state = directory.resolve("state/stretcher");
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxrwxrwx"));

    Cli.Result again = fire("one");

    assertThat(again.exitCode()).isZero();
    assertThat(again.err())
        .contains("cannot read the ledger", state + ": everyone may write", "chmod go-w " + state)
        .containsOnlyOnce("cannot read the ledger")
        .containsOnlyOnce("cannot write the ledger");
    assertThat(count).hasContent("deployed\ndeployed\n");
    assertThat(history().exitCode()).isEqualTo(1);
    assertThat(history().err()).contains("cannot be read", "chmod go-w " + state);
  }

  @Test
  void aLedgerThatAnotherUserWroteIsNotBelieved() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can give files away");
    fire("one");
    Path ledger = directory.resolve("state/stretcher/ledger.jsonl");
    Files.setAttribute(ledger, "unix:uid", 65534);

    Cli.Result again = fire("one");

    assertThat(again.err()).contains("cannot read the ledger", ledger + ": it belongs to nobody");
    assertThat(count).hasContent("deployed\ndeployed\n");
  }
}
