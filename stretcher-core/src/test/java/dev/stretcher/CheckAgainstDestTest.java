package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CheckAgainstDestTest extends DryRunFixture {
  @Test
  void aCheckAgainstDestHasThePlan() throws Exception {
    putApp(COMMANDS);

    CheckReport report = check(new PlanningSyncer());

    assertThat(report.ok()).isTrue();
    assertThat(report.warnings()).isEmpty();
    assertThat(report.sync().orElseThrow().lines())
        .containsExactly("create hello", "delete hello", "delete old");
    assertThat(report.steps()).contains("pre: stop", "failure: weep");
    assertThat(events).isEmpty();
    assertNothingIsTouched();
  }

  @Test
  void aCheckAgainstDestTurnsFailuresIntoProblemsAndGapsIntoWarnings() throws Exception {
    putApp("");

    CheckReport failed = check(new FailingPlanSyncer());
    CheckReport untold = check(new RenameSyncer());

    assertThat(failed.ok()).isFalse();
    assertThat(failed.problems()).singleElement().asString().contains("dest is full");
    assertThat(failed.sync()).isEmpty();
    assertThat(untold.ok()).isTrue();
    assertThat(untold.warnings()).singleElement().asString().contains("rename cannot say");
    assertNothingIsTouched();
  }

  @Test
  void aCheckFetchesNoArchiveUnlessItIsWantedAndTheManifestIsRight() throws Exception {
    putApp("");
    assertThat(stretcher().build().check(MANIFEST).sync()).isEmpty();
    putApp("sync_strategy: cp");
    assertThat(check(new PlanningSyncer()).problems()).hasSize(1);

    assertThat(memory.opened()).containsOnly("/app.yml");
    assertNothingIsTouched();
  }

  private CheckReport check(RenameSyncer syncer) throws InterruptedException {
    try (Stretcher stretcher = dry(syncer)) {
      return stretcher.checkAgainstDest(MANIFEST);
    }
  }
}
