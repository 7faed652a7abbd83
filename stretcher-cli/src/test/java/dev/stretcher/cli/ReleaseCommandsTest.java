package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The commands {@code releases}, {@code rollback} and {@code fetch}, and what deploys say. */
class ReleaseCommandsTest extends ReleaseFixture {
  private static final String ID = "release: {id: '%s'}";

  private void deployTwo() throws Exception {
    deploy("1", ID.formatted("one"));
    deploy("2", ID.formatted("two"), "commands: {post: [echo post of $STRETCHER_RELEASE]}");
  }

  @Test
  void aRollbackMakesTheReleaseBeforeLiveAndRunsItsCommands() throws Exception {
    deploy("1", ID.formatted("one"), "commands: {post: [echo post of $STRETCHER_RELEASE]}");
    deploy("2", ID.formatted("two"));

    Cli.Result result = command("rollback", app.dest().toString());

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).isEmpty();
    assertThat(live()).hasContent("1");
    assertThat(result.err().lines())
        .anyMatch(line -> line.endsWith(" post of one"))
        .anyMatch(line -> line.contains(" Rolled back from release two to one in "))
        .last()
        .asString()
        .endsWith(" Done");
    assertThat(command("history").out().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("  succeeded  ").endsWith("  release one"),
            line -> assertThat(line).contains("  succeeded  ").endsWith("  release two"),
            line ->
                assertThat(line).contains("  rolled_back  ").endsWith(" from release two to one"));
    assertThat(command("history", "--json", "-n1").out())
        .contains("\"release\":\"one\",\"previous\":\"two\"");
  }

  @Test
  void theListSaysWhatIsLiveAndWhereARollbackLeads() throws Exception {
    deployTwo();

    Cli.Result before = releases();
    command("rollback", app.dest().toString());
    Cli.Result after = releases();

    assertThat(before.out().lines())
        .satisfiesExactly(
            heading -> assertThat(heading).matches(" +release +state +since +made +size +used by"),
            line -> assertThat(line).matches("live +two +good +20.* [0-9]+ B +-"),
            line -> assertThat(line).matches(" +one +good +20.* [0-9]+ B +-"));
    assertThat(before.err())
        .contains(": two is live and good; stretcher rollback " + app.dest() + " goes back to one");
    assertThat(after.out().lines().skip(1))
        .satisfiesExactly(
            line -> assertThat(line).matches(" +two +bad, was good +20.*"),
            line -> assertThat(line).matches("live +one +good +.*"));
    assertThat(after.err())
        .contains("stretcher rollback --to two " + app.dest() + " leads to one that was good");
  }

  @Test
  void theListIsForProgramsToo() throws Exception {
    deployTwo();

    List<String> lines = releases("--json").out().lines().toList();

    assertThat(lines).hasSize(2);
    assertThat(new ObjectMapper().readTree(lines.get(0)).get("id").asText()).isEqualTo("two");
    assertThat(new ObjectMapper().readTree(lines.get(1)).get("live").asBoolean()).isFalse();
  }

  @Test
  void anEventThatComesAgainDoesNotUndoARollback() throws Exception {
    deploy("1");
    String event = "[" + consulEvent("e", version("2")) + "]";
    assertThat(run(List.of(), event, environment()).exitCode()).isZero();
    assertThat(live()).hasContent("2");
    command("rollback", app.dest().toString());

    Cli.Result again = run(List.of(), event, environment());

    assertThat(again.err()).contains("Event e was handled before");
    assertThat(live()).hasContent("1");
  }

  @Test
  void aVersionThatFailsIsLeftByItselfAndAnEventThatFailedIsHandled() throws Exception {
    deploy("1", ID.formatted("one"));
    URI manifest =
        version(
            "2",
            ID.formatted("two"),
            "health: {commands: ['false'], within: 1ms}",
            "commands: {failure: ['echo back at $STRETCHER_ROLLED_BACK']}");
    String event = "[" + consulEvent("e", manifest) + "]";

    Cli.Result failed = run(List.of(), event, environment());
    Cli.Result again = run(List.of(), event, environment());

    assertThat(failed.exitCode()).as(failed.err()).isEqualTo(1);
    assertThat(failed.out()).isEqualTo("back at one\n");
    assertThat(command("history", "-n1").out())
        .contains("  rolled back from release two to one; health command");
    assertThat(command("history", "--json", "-n1").out()).contains("\"rolled_back_to\":\"one\"");
    assertThat(live()).hasContent("1");
    assertThat(again.err()).contains("Event e was handled before");
    assertThat(live()).hasContent("1");
  }

  @Test
  void tenFailuresInARowKeepTheLastGoodReleaseAndTheLastBadOne() throws Exception {
    deploy("0", "release: {id: '0', keep: 1}");
    for (int i = 1; i <= 10; i++) {
      String rules = "release: {id: '%s', keep: 1}".formatted(i);
      Cli.Result failed = agent(version("v" + i, rules, "commands: {post: ['false']}").toString());
      assertThat(failed.exitCode()).as(failed.err()).isEqualTo(1);
      assertThat(live()).hasContent("0");
      // The disk does not fill.
      assertThat(names()).containsExactlyInAnyOrder("0", Integer.toString(i));
    }

    deploy("good", "release: {id: '11', keep: 1}");

    assertThat(names()).containsExactly("0", "10", "11");
    assertThat(command("rollback", app.dest().toString()).exitCode()).isZero();
    assertThat(live()).hasContent("0");
  }

  @Test
  void whatWasFetchedIsOnlySwitchedTo() throws Exception {
    deploy("1");
    URI manifest = version("2");

    Cli.Result fetched = command("fetch", manifest.toString());
    assertThat(fetched.exitCode()).as(fetched.err()).isZero();
    assertThat(live()).hasContent("1");
    assertThat(releases().out()).contains("  prepared  ");
    Cli.Result deployed = command("deploy", manifest.toString());

    assertThat(deployed.exitCode()).as(deployed.err()).isZero();
    assertThat(deployed.err()).doesNotContain("Loading URL " + app.archive().toUri());
    assertThat(live()).hasContent("2");
    assertThat(names()).hasSize(2);
  }

  @Test
  void onlyReleasesCanBeFetched() throws Exception {
    Cli.Result result = command("fetch", app.manifest().toString());

    assertFails(result, "sync_strategy tree keeps no releases", "use sync_strategy: release");
    assertThat(app.dest()).doesNotExist();
  }

  @Test
  void aRollbackThatIsNotPossibleSaysWhyAndChangesNothing() throws Exception {
    deploy("1", ID.formatted("one"));

    assertFails(command("rollback", app.dest().toString()), "no good release", "one (good, live)");
    assertFails(command("rollback", "--to=x", app.dest().toString()), "there is no release x at");
    assertFails(command("rollback", directory.toString()), "there are no releases at");
    assertThat(live()).hasContent("1");
  }

  @Test
  void whatKeepsADestFromHavingReleasesIsNamed() throws Exception {
    deploy("1");
    Files.delete(current());
    Files.createDirectory(current());
    String named = current() + ": it is a directory, not a link to a release";

    assertFails(agent(version("2").toString()), "release: " + named);
    assertFails(command("rollback", app.dest().toString()), named);
  }

  @Test
  void whoeverNamesTheLinkOrAReleaseIsToldTheDest() throws Exception {
    deploy("1", ID.formatted("one"));
    String hint = "; name " + app.dest() + ", which has them";

    assertFails(command("rollback", current().toString()), hint);
    assertThat(command("releases", current().toString()).err()).contains(hint);
    assertThat(command("releases", app.dest().resolve("releases/one").toString()).err())
        .contains(hint);
    Files.delete(current());
    assertFails(command("rollback", current().toString()), hint);
  }

  @Test
  void aCurrentThatIsNoLinkIsNamedByItsPath() throws Exception {
    Files.createDirectories(current());

    assertFails(agent(version("1").toString()), current() + ": it is a directory, not a link");
  }

  @Test
  void whatADeployByTreeHasLeftIsToldOnceBeforeAnythingIsDone() throws Exception {
    Files.createDirectories(app.dest().resolve("lib"));
    Files.writeString(app.dest().resolve("index.html"), "old");
    String told = "release: index.html, lib in " + app.dest() + ": no part of a release";

    String plan = command("deploy", "--dry-run", version("1").toString()).err();
    String first = deploy("1").err();
    String second = deploy("2").err();

    assertThat(plan).contains(told);
    assertThat(first).containsOnlyOnce(told);
    assertThat(second).doesNotContain("no part of a release");
    assertThat(app.dest().resolve("index.html")).hasContent("old");
  }

  @Test
  void whereThereAreNoReleasesTheListIsAnErrorWhoeverAsks() throws Exception {
    Cli.Result result =
        run(List.of("releases", directory.toString()), "", Map.of("CONSUL_INDEX", "1"));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).startsWith("stretcher: there are no releases at " + directory);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void wrongArgumentsAreRefusedBeforeAnythingIsDone() throws Exception {
    for (String name : List.of("rollback", "releases", "fetch")) {
      Cli.Result missing = command(name);
      assertThat(missing.exitCode()).isEqualTo(2);
      assertThat(missing.err())
          .contains("Missing argument: " + (name.equals("fetch") ? "URL" : "DEST"));
    }
    Cli.Result empty = command("rollback", "--to=", app.dest().toString());
    assertThat(empty.exitCode()).isEqualTo(2);
    assertThat(empty.err()).contains("--to is empty; expected the ID of a release");
    assertThat(command("prepare", "file:///app.yml").err())
        .contains(
            "Unexpected argument: 'file:///app.yml'; a release is prepared by stretcher fetch");
    Cli.Result foreign = command("deploy", "--to=x", "file:///nowhere");
    assertThat(foreign.err()).contains("only rollback, publish and rollout have it");
  }

  @Test
  void aReleaseOfAnArchiveWithoutATableOfContentsIsVerifiedByTheListOfItsFiles() throws Exception {
    deploy("1", "release: {id: one, shared: [log/]}");
    deploy("2", "release: {id: two, shared: [log/]}");
    String dest = app.dest().toString();
    Path one = app.dest().resolve("releases/one");
    Files.writeString(app.dest().resolve("shared/log/today"), "not of the release");
    assertThat(command("verify", dest).exitCode()).isZero();
    assertThat(command("verify", dest).err())
        .contains("releases/two is as it was deployed", "deployed without toc");
    Files.setPosixFilePermissions(live(), PosixFilePermissions.fromString("rwx------"));
    Files.delete(one.resolve("a"));
    Files.createDirectories(one.resolve("tmp/x"));

    Cli.Result live = command("verify", dest);
    Cli.Result other = command("verify", one.toString());
    Cli.Result json = command("verify", "--format=json", current().toString());

    assertThat(live.exitCode()).isEqualTo(1);
    assertThat(live.out()).isEqualTo("changed bin/run (mode 0700, expected 0644)\n");
    assertThat(other.out()).isEqualTo("missing a\nextra tmp (a directory)\n");
    assertThat(json.out()).contains("\"ok\":false", "changed").doesNotContain("\"toc\"");
    Cli.Result full = command("verify", "--full", dest);
    assertThat(full.exitCode()).isEqualTo(2);
    assertThat(full.err()).contains("release two was made without toc", "leave out --full");
    assertThat(command("verify", app.dest().resolve("shared").toString()).exitCode()).isEqualTo(2);
  }

  @Test
  void aSharedFileThatIsMissingIsFoundBeforeAnyCommandRuns() throws Exception {
    String manifest =
        version("1", "release: {shared: [database.yml]}", "commands: {pre: ['touch ran']}")
            .toString();
    String missing = app.dest().resolve("shared/database.yml") + ": it does not exist; create it";
    assertThat(command("check", manifest).exitCode()).isZero();

    assertThat(command("check", "--against-dest", manifest).err()).contains(missing);
    assertFails(command("deploy", "--dry-run", manifest), missing);
    assertFails(command("deploy", manifest), missing);

    assertThat(app.dest()).doesNotExist();
    assertThat(directory.resolve("ran")).doesNotExist();
  }

  @Test
  void aReleaseThatNeverWasGoodIsReachedByForceOnly() throws Exception {
    deploy("1", ID.formatted("one"), "commands: {post: [echo post of $STRETCHER_RELEASE]}");
    agent(version("2", ID.formatted("two"), "commands: {post: ['false']}").toString());
    String dest = app.dest().toString();

    assertFails(command("rollback", "--to=two", dest), "has never been good", "--to two --force");
    assertThat(live()).hasContent("1");
    assertThat(command("rollback", "--to=two", "--force", dest).err()).contains("post command");
    assertThat(live()).hasContent("2");
    Cli.Result unnamed = command("rollback", "--force", dest);
    assertThat(unnamed.exitCode()).isEqualTo(2);
    assertThat(unnamed.err()).contains("--force needs --to ID");
  }

  @Test
  void theLogOfARollbackIsForProgramsToo() throws Exception {
    deployTwo();

    Cli.Result result = command("rollback", "--log-format=json", app.dest().toString());

    assertThat(result.exitCode()).isZero();
    assertThat(result.err().lines())
        .allMatch(line -> line.startsWith("{") && line.endsWith("}"))
        .anyMatch(line -> line.contains("\"event\":\"Switched\""));
  }
}
