package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stretcher.report.Stage;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.SyncPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a dry run says. */
class DryRunTest extends DryRunFixture {
  @Test
  void saysWhatADeployWouldDoInItsOrderAndDoesNothing() throws Exception {
    putApp(COMMANDS);

    DeployPlan plan = plan(new PlanningSyncer());

    SyncPlan sync =
        new SyncPlan(List.of("create hello", "delete hello", "delete old"), "3 operations");
    assertThat(plan.sync()).contains(sync);
    assertThat(plan).isInstanceOf(DeployPlan.OfArchive.class);
    assertThat(((DeployPlan.OfArchive) plan).verified()).matches("sha256:[0-9a-f]{64}");
    assertThat(((DeployPlan.OfArchive) plan).archiveBytes()).isPositive();
    assertThat(events.stream().map(event -> event.getClass().getSimpleName()))
        .containsExactly(
            "Started",
            "DryRunStarted",
            "LoadingManifest",
            "LoadingUrl",
            "ExecutingManifest",
            "LoadingUrl",
            "Fetched",
            "Verified",
            "Extracting",
            "Extracted",
            "WouldRun",
            "WouldSync",
            "WouldSync",
            "WouldSync",
            "Planned",
            "WouldRun",
            "WouldRun",
            "DryRunDone");
    assertThat(messages())
        .containsSubsequence(
            "would run pre command: stop",
            "create hello",
            "3 operations",
            "would run post command: start",
            "would run success command: cheer")
        .doesNotContain("would run failure command: weep", "Deploy manifest succeeded.", "Done");
    assertNothingIsTouched();
  }

  @Test
  void aSyncerThatCannotPlanIsALineAndNoFailure() throws Exception {
    putApp("");

    DeployPlan plan = plan(new RenameSyncer());

    assertThat(plan.sync()).isEmpty();
    assertThat(messages())
        .contains("sync_strategy rename cannot say what it would do")
        .endsWith("Dry run done, nothing was changed");
    assertNothingIsTouched();
  }

  @Test
  void aSyncThatWouldFailFailsTheDryRunWithoutAnyCommand() throws Exception {
    putApp(COMMANDS);

    StretcherException.SyncFailed e =
        catchThrowableOfType(
            StretcherException.SyncFailed.class, () -> plan(new FailingPlanSyncer()));

    assertThat(e.stage()).isEqualTo(Stage.SYNC);
    assertThat(e).hasMessageContaining("dest is full");
    assertThat(messages())
        .containsSubsequence(
            "would run pre command: stop",
            "Dry run failed: " + e.getMessage(),
            "would run failure command: weep")
        .doesNotContain("Dry run done, nothing was changed")
        .noneMatch(message -> message.startsWith("Deploy manifest failed"));
    assertNothingIsTouched();
  }

  @Test
  void anotherArchiveThanDescribedFailsAsItDoesInADeploy() throws Exception {
    putApp("");
    memory.put("/app.tar", "something else");

    StretcherException.VerificationFailed e =
        catchThrowableOfType(
            StretcherException.VerificationFailed.class, () -> plan(new PlanningSyncer()));

    assertThat(e.stage()).isEqualTo(Stage.VERIFY);
    assertNothingIsTouched();
  }

  @Test
  void aManifestThatIsMissingFailsAsItDoesInADeploy() throws Exception {
    StretcherException.SourceUnavailable e =
        catchThrowableOfType(
            StretcherException.SourceUnavailable.class, () -> plan(new PlanningSyncer()));

    assertThat(e.stage()).isEqualTo(Stage.MANIFEST);
    assertThat(messages()).last().asString().startsWith("Load manifest failed: ");
    assertNothingIsTouched();
  }

  @Test
  void aMissingParentOfDestIsAFailureUnlessPreCommandsMayMakeIt() throws Exception {
    putApp(directory.resolve("new/app"), "");
    StretcherException.SyncFailed e =
        catchThrowableOfType(StretcherException.SyncFailed.class, () -> plan(new PlanningSyncer()));
    putApp(directory.resolve("new/app"), COMMANDS);
    DeployPlan plan = plan(new PlanningSyncer());

    assertThat(e).hasMessageContaining("mkdir -p");
    assertThat(plan.sync()).isEmpty();
    assertThat(messages())
        .contains(
            "the parent of dest %s/new/app is not a directory, and pre commands that may mend that"
                    .formatted(directory)
                + " do not run now; mend it to see what the sync would do",
            "would run success command: cheer");
    assertNothingIsTouched();
  }

  @Test
  void aManifestOfCommandsHasAPlanOfCommands() throws Exception {
    memory.put("/app.yml", COMMANDS);

    DeployPlan plan = plan(new PlanningSyncer());

    assertThat(plan).isInstanceOf(DeployPlan.OfCommands.class);
    assertThat(plan.sync()).isEmpty();
    assertThat(messages())
        .containsSubsequence(
            "would run pre command: stop",
            "would run post command: start",
            "would run success command: cheer");
    assertNothingIsTouched();
  }
}
