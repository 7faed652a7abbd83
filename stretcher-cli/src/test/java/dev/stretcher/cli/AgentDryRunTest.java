package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import dev.stretcher.contract.TreeState;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code deploy --dry-run} and {@code check --against-dest}. */
class AgentDryRunTest extends AgentFixture {
  private static final String COMMANDS =
      "commands: {pre: [touch ran], post: [touch ran], success: [touch ran], failure: [touch ran]}";

  @Test
  void aDryRunLogsWhatADeployWouldDoAndTouchesNothing() throws Exception {
    Tools.require("rsync");
    deployFirst();
    URI manifest = app.file("bin/run", "v2").pack().manifest("sync_strategy: rsync", COMMANDS);
    Map<String, String> before = state();

    Cli.Result result = dryRun(manifest);

    assertThat(result.exitCode()).isZero();
    assertThat(result.err())
        .containsSubsequence(
            "Dry run: nothing is changed, no command is run\n",
            "Executing manifest ",
            "Checksum ok: " + app.sha256(),
            "Extract archive: ",
            "would run pre command: touch ran\n",
            "sync_strategy rsync cannot say what it would do\n",
            "would run post command: touch ran\n",
            "would run success command: touch ran\n",
            "Dry run done, nothing was changed\n")
        .doesNotContain("invoking command", "succeeded", " Done\n");
    assertThat(state()).isEqualTo(before);
    assertThat(app.dest().resolve("bin/run")).hasContent("v1");
    assertThat(Path.of("ran")).doesNotExist();
    assertNothingIsLeft();
  }

  @Test
  void aDryRunOfADeployThatWouldFailFailsWithoutAnyCommand() throws Exception {
    URI manifest = app.manifest("sync_strategy: mv", COMMANDS);
    Files.write(app.archive(), new byte[10240]);
    Map<String, String> before = state();

    Cli.Result wrong = dryRun(manifest);
    Cli.Result empty = dryRun(app.manifest("sync_strategy: mv", COMMANDS));
    Cli.Result missing = dryRun(directory.resolve("none.yml").toUri());

    assertFails(wrong, "Dry run failed: ", "app.tar.gz", "would run failure command: touch ran");
    assertFails(empty, "Dry run failed: ", "has no entries");
    assertFails(missing, "Load manifest failed: ", "none.yml");
    assertThat(wrong.err()).doesNotContain("would run pre", "Deploy manifest failed");
    assertThat(empty.err()).doesNotContain("would run pre", "Deploy manifest failed");
    assertThat(state()).isEqualTo(before);
    assertThat(Path.of("ran")).doesNotExist();
  }

  @Test
  void theStatusIsTheAnswerUnderConsulWatchToo() throws Exception {
    Map<String, String> environment = environment();
    environment.put("CONSUL_INDEX", "1");
    String good = app.manifest("sync_strategy: mv").toString();
    String bad = directory.resolve("none.yml").toUri().toString();

    assertThat(run(List.of("deploy", "--dry-run", good), "", environment).exitCode()).isZero();
    assertThat(run(List.of("deploy", "--dry-run", bad), "", environment).exitCode()).isEqualTo(1);
    assertThat(run(List.of("deploy", bad), "", environment).exitCode()).isZero();
    assertThat(app.dest()).doesNotExist();
  }

  @Test
  void aMissingParentOfDestIsNoFailureIfPreCommandsMayMakeIt() throws Exception {
    String yaml = yaml(app.sha256(), "mv").replace("dest: ", "dest: /no/such");

    Cli.Result without = dryRun(app.write(yaml));
    Cli.Result with = dryRun(app.write(yaml + "commands: {pre: [mkdir -p /no/such]}\n"));

    assertFails(without, "the parent of dest /no/such", "mkdir -p");
    assertThat(with.exitCode()).isZero();
    assertThat(with.err())
        .contains(
            "Checksum ok: ", "the parent of dest /no/such", "pre commands that may mend that");
    assertNothingIsLeft();
  }

  @Test
  void theFlagMayHaveOneDashAndAValueAsInGo() throws Exception {
    String manifest = app.manifest("sync_strategy: mv").toString();

    assertThat(run(List.of("deploy", "-dry-run", manifest), "", environment()).err())
        .contains("Dry run done");
    assertThat(run(List.of("deploy", "--dry-run=true", manifest), "", environment()).err())
        .contains("Dry run done");
    assertThat(app.dest()).doesNotExist();
    assertThat(run(List.of("deploy", "--dry-run=false", manifest), "", environment()).exitCode())
        .isZero();
    assertThat(app.dest()).exists();
  }

  @Test
  void aCheckAgainstDestSaysThatTheSyncerCannotPlanAndTouchesNothing() throws Exception {
    deployFirst();
    URI manifest = app.file("bin/run", "v2").pack().manifest("sync_strategy: mv", COMMANDS);
    Map<String, String> before = state();

    Cli.Result result = check(manifest);

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("3. pre: touch ran\n").endsWith("ok\n");
    assertThat(result.err())
        .contains("warning: ", "it exists", "pre commands, which do not run now");
    assertThat(state()).isEqualTo(before);
    assertThat(Path.of("ran")).doesNotExist();
    assertNothingIsLeft();
  }

  @Test
  void aDestInTheWayOfMvIsAFailureIfNoPreCommandMayMoveIt() throws Exception {
    deployFirst();
    assertFails(dryRun(app.manifest("sync_strategy: mv")), "it exists; move it away");
  }

  @Test
  void treeSaysWhatItWouldDo() throws Exception {
    deployFirst();
    Files.writeString(app.dest().resolve("left-over"), "x");
    URI manifest = app.file("bin/run", "another version").file("new", "new").pack().manifest();
    Map<String, String> before = state();

    Cli.Result dry = dryRun(manifest);
    Cli.Result checked = check(manifest);

    assertThat(dry.exitCode()).as(dry.err()).isZero();
    for (String said : List.of(dry.err(), checked.out())) {
      assertThat(said)
          .contains("replace bin/run\n", "create new\n", "delete left-over\n")
          .containsPattern("tree: \\d to change .* 1 to delete");
    }
    assertThat(state()).isEqualTo(before);
    assertNothingIsLeft();
  }

  @Test
  void aCheckAgainstDestFindsWhatIsWrongWithTheArchive() throws Exception {
    URI manifest = app.manifest("sync_strategy: mv");
    Files.delete(app.archive());

    Cli.Result shallow = run(List.of("check", manifest.toString()), "", environment());
    Cli.Result deep = check(manifest);

    assertThat(shallow.exitCode()).isZero();
    assertFails(deep, manifest + ": error: ", "app.tar.gz");
    assertThat(deep.out()).doesNotContain("ok\n");
  }

  private Cli.Result dryRun(URI manifest) throws Exception {
    return with("deploy", "--dry-run", manifest);
  }

  private Cli.Result check(URI manifest) throws Exception {
    return with("check", "--against-dest", manifest);
  }

  private Cli.Result with(String command, String flag, URI manifest) throws Exception {
    List<String> arguments = List.of("--retry=0", command, flag, manifest.toString());
    return run(arguments, "", environment());
  }

  /** Returns the state of all but what a test or a run changes on purpose. */
  private Map<String, String> state() throws IOException {
    Map<String, String> state = TreeState.of(directory);
    state.keySet().removeAll(List.of("app.yml", "tmp"));
    return state;
  }
}
