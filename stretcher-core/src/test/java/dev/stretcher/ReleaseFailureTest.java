package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.ledger.LedgerRecord.Outcome;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.Stage;
import dev.stretcher.report.StretcherException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Releases whose commands fail once they are live, and the way back. */
class ReleaseFailureTest extends ReleaseFixture {
  @Test
  void aFailedPostCommandLeadsBackToTheGoodOneAndItsCommandsRun() throws Exception {
    deploy("1");
    forget();
    failing.add("start of 2");

    StretcherException failure = fail("2");

    assertThat(failure.stage()).isEqualTo(Stage.POST);
    assertThat(failure).hasMessageContaining("post command 'start': exit status 1");
    assertThat(releases.calls())
        .containsExactly("prepare 2", "activate 2", "bad 2", "activate 1", "good 1");
    assertThat(ran)
        .containsExactly("stop of 2", "start of 2", "start of 1", "ask of 1", "weep of 2");
    assertThat(states()).containsExactly("1 good *", "2 bad");
    assertLive("1");
    assertThat(messages())
        .contains("Switched %s to release 1, it was 2".formatted(dest().resolve("current")));
    assertThat(events).hasAtLeastOneElementOfType(DeployEvent.RolledBack.class);
    assertThat(outcomes()).containsExactly(Outcome.SUCCEEDED, Outcome.FAILED);
    assertThat(ledger().records().get(1).releases())
        .isEqualTo(
            new LedgerRecord.ReleaseChange(Optional.of("2"), Optional.of("1"), Optional.of("1")));
  }

  @Test
  void aFailedHealthCommandDoesToo() throws Exception {
    deploy("1");
    forget();

    failing.add("ask of 2");
    StretcherException failure = failSoon("2");

    assertThat(failure.stage()).isEqualTo(Stage.HEALTH);
    assertThat(states()).containsExactly("1 good *", "2 bad");
    assertLive("1");
  }

  /** Health is tried again and again; here it has no time for that. */
  private StretcherException failSoon(String id) throws Exception {
    try {
      deploy(id, COMMANDS.replace("5s", "10ms"));
    } catch (StretcherException e) {
      return e;
    }
    throw new AssertionError("it did not fail");
  }

  @Test
  void onlyTheFailureCommandsKnowThatItWasRolledBack() throws Exception {
    deploy("1");
    forget();
    failing.add("start of 2");

    fail("2");

    assertThat(hooks)
        .filteredOn(hook -> hook.environment().containsKey("STRETCHER_ROLLED_BACK"))
        .singleElement()
        .satisfies(
            hook -> {
              assertThat(hook.command()).isEqualTo("weep");
              assertThat(hook.environment())
                  .containsEntry("STRETCHER_ROLLED_BACK", "1")
                  .containsEntry("STRETCHER_RELEASE", "2")
                  .containsEntry("STRETCHER_STATUS", "failure");
            });
  }

  @Test
  void theOldOnesCommandsAreThoseOfItsOwnManifest() throws Exception {
    deploy("1", "commands: {post: [old]}\nenv: {COLOR: '{{ env \"NONE\" \"blue\" }}'}\n");
    forget();
    failing.add("start of 2");

    try {
      deploy("2", COMMANDS + "env: {COLOR: red, OTHER: x}");
    } catch (StretcherException e) {
      assertThat(e.getSuppressed()).isEmpty();
    }

    assertThat(hooks)
        .filteredOn(hook -> hook.command().equals("old"))
        .singleElement()
        .satisfies(
            hook ->
                assertThat(hook.environment())
                    .containsEntry("COLOR", "blue")
                    .containsEntry("STRETCHER_RELEASE", "1")
                    .containsEntry("STRETCHER_PREVIOUS", "2")
                    .containsEntry("STRETCHER_MANIFEST_URL", "mem:/app.yml")
                    .doesNotContainKey("OTHER"));
  }

  @Test
  void tenFailedDeploysInARowKeepTheLastGoodOne() throws Exception {
    deploy("good");
    for (int i = 1; i <= 10; i++) {
      failing.add("start of " + i);
      fail("" + i);
      assertLive("good");
    }

    assertThat(states()).contains("good good *", "10 bad").hasSize(11);
    // It still is where an operator may go back to, after one that works.
    deploy("11");
    try (Stretcher stretcher = stretcher().build()) {
      assertThat(stretcher.rollback(dest()).to().id()).isEqualTo("good");
    }
  }

  @Test
  void alsoIfTheHostIsToBlameAndTheGoodOneFailsAsWell() throws Exception {
    deploy("1");
    deploy("2");
    failing.add("start of 2");
    for (int i = 3; i <= 12; i++) {
      failing.add("start of " + i);
      fail("" + i);
      assertLive("2");
    }

    assertThat(states()).contains("1 good", "2 good *");
  }

  @Test
  void ifTheWayBackFailsTooBothAreTold() throws Exception {
    // Not by its health, for which it would have some seconds.
    deploy("1", "commands: {post: [begin]}");
    forget();
    failing.add("begin of 1");
    failing.add("start of 2");

    StretcherException failure = fail("2");

    assertThat(failure).hasMessageContaining("post command 'start'");
    assertThat(failure.getSuppressed()).hasSize(1);
    assertThat(failure.getSuppressed()[0]).hasMessageContaining("post command 'begin'");
    assertThat(messages())
        .anyMatch(
            text ->
                text.startsWith("Rollback failed: post command 'begin'")
                    && text.endsWith(
                        "; %s leads to release 1 now".formatted(dest().resolve("current"))))
        .anyMatch(text -> text.startsWith("Deploy manifest failed: post command 'start'"));
    assertThat(hooks)
        .last()
        .satisfies(
            hook -> assertThat(hook.environment()).doesNotContainKey("STRETCHER_ROLLED_BACK"));
    assertThat(events)
        .filteredOn(DeployEvent.RollbackFailed.class::isInstance)
        .singleElement()
        .satisfies(
            event -> assertThat(((DeployEvent.RollbackFailed) event).release()).contains("1"));
    assertLive("1");
  }

  @Test
  void whereNoGoodOneIsWholeWhatFailedStaysAndThatIsTold() throws Exception {
    deploy("1");
    Files.delete(dest().resolve("releases/1/hello"));
    failing.add("start of 2");

    fail("2");

    assertLive("2");
    assertThat(messages())
        .anyMatch(
            text ->
                text.startsWith("Rollback failed: ")
                    && text.endsWith("current leads to release 2 now"));
  }

  @Test
  void afterAFailureThatWasRolledBackWhatIsTooMuchGoes() throws Exception {
    deploy("1", COMMANDS);
    deploy("2", COMMANDS);
    failing.add("start of 3");
    publish("3", COMMANDS);
    memory.put(
        "/app.yml",
        new String(memory.get("/app.yml"), StandardCharsets.UTF_8)
            .replace("id: '3'", "id: '3', keep: 1")
            .getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(this::deploy).isInstanceOf(StretcherException.HookFailed.class);

    assertThat(states()).containsExactly("2 good *", "3 bad");
    assertThat(messages()).contains("Pruned release 1");
  }

  @Test
  void withoutAGoodOneWhatFailedStaysLive() throws Exception {
    failing.add("start of 1");

    fail("1");

    assertThat(states()).containsExactly("1 bad *");
    assertLive("1");
    assertThat(messages()).contains("there is no good release to go back to: 1 stays live");
    assertThat(hooks)
        .last()
        .satisfies(
            hook -> assertThat(hook.environment()).doesNotContainKey("STRETCHER_ROLLED_BACK"));
  }

  @Test
  void itStaysLiveIfTheManifestSaysSo() throws Exception {
    deploy("1");
    failing.add("start of 2");

    assertThatThrownBy(() -> deploy("2", COMMANDS + "on_failure: keep"))
        .isInstanceOf(StretcherException.HookFailed.class);

    assertThat(states()).containsExactly("1 good", "2 bad *");
    assertLive("2");
  }

  @Test
  void aGoodOneThatWasChangedByHandIsPassedOver() throws Exception {
    deploy("1");
    deploy("2");
    Files.delete(dest().resolve("releases/2/hello"));
    failing.add("start of 3");

    fail("3");

    assertLive("1");
    assertThat(messages())
        .anyMatch(text -> text.contains("release 2 has changed") && text.contains("earlier"));
  }

  @Test
  void anOlderOneThatIsDeployedAgainAndFailsLeadsBackToWhatWasLive() throws Exception {
    deploy("1");
    deploy("2");
    deploy("3");
    failing.add("start of 2");

    fail("2");

    assertThat(states()).containsExactly("1 good", "3 good *", "2 bad");
  }

  @Test
  void aSwitchThatFailsAfterTheLinkWasRenamedLeadsBackToo() throws Exception {
    deploy("1");
    forget();
    releases.failAfterSwitchTo("2");

    assertThat(fail("2")).hasMessageContaining("no space left on device");

    assertThat(ran).containsExactly("stop of 2", "start of 1", "ask of 1", "weep of 2");
    assertThat(states()).containsExactly("1 good *", "2 bad");
    assertLive("1");
  }

  @Test
  void aFailureBeforeTheSwitchChangesNothing() throws Exception {
    deploy("1");
    forget();
    failing.add("stop of 2");

    fail("2");

    assertThat(releases.calls()).isEmpty();
    assertThat(states()).containsExactly("1 good *");
    assertLive("1");
  }
}
