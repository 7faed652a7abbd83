package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.ledger.LedgerRecord.Outcome;
import dev.stretcher.option.OnBusy;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.release.Accept;
import dev.stretcher.release.Release;
import dev.stretcher.release.Release.State;
import dev.stretcher.release.Rollback;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.SyncFailed;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.EventSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An operator goes back to an earlier release. */
class RollbackTest extends ReleaseFixture {
  private Options options = super.options();

  @Override
  Options options() {
    return options;
  }

  private Rollback rollback() throws StretcherException, InterruptedException {
    try (Stretcher stretcher = stretcher().build()) {
      return stretcher.rollback(dest());
    }
  }

  private Rollback rollback(String id) throws StretcherException, InterruptedException {
    try (Stretcher stretcher = stretcher().build()) {
      return stretcher.rollback(dest(), id);
    }
  }

  @Test
  void theGoodOneBeforeIsLiveAgainWithoutAnySource() throws Exception {
    deploy("1");
    deploy("2");
    forget();

    Rollback done = rollback();

    assertThat(memory.opened()).isEmpty();
    assertThat(releases.calls()).containsExactly("activate 1", "bad 2", "good 1");
    assertThat(ran).containsExactly("start of 1", "ask of 1");
    assertThat(done.from().orElseThrow().id()).isEqualTo("2");
    assertThat(done.from().orElseThrow().state()).isEqualTo(State.BAD);
    assertThat(done.to().id()).isEqualTo("1");
    assertThat(done.to().live()).isTrue();
    assertLive("1");
    assertThat(messages())
        .contains("Switched %s to release 1, it was 2".formatted(dest().resolve("current")))
        .anyMatch(text -> text.startsWith("Rolled back from release 2 to 1 in "))
        .endsWith("Done");
  }

  @Test
  void aLaterOneGoesFurtherBackAndNeverForth() throws Exception {
    for (String id : new String[] {"1", "2", "3"}) {
      deploy(id);
    }

    assertThat(rollback().to().id()).isEqualTo("2");
    assertThat(rollback().to().id()).isEqualTo("1");
    assertThatThrownBy(this::rollback)
        .isInstanceOf(SyncFailed.class)
        .hasMessageContaining("there is no good release at " + dest())
        .hasMessageContaining("before 1, the live one")
        .hasMessageContaining("1 (good, live), 2 (bad, was good), 3 (bad, was good)")
        .hasMessageEndingWith("name one by --to, such as --to 3, or deploy a manifest");
    assertLive("1");
  }

  @Test
  void anAccidentIsUndoneByName() throws Exception {
    deploy("1");
    deploy("2");
    rollback();

    assertThat(rollback("2").to().id()).isEqualTo("2");

    assertLive("2");
    assertThat(states()).containsExactly("1 good", "2 good *");
    assertThat(rollback().to().id()).isEqualTo("1");
  }

  @Test
  void itLeadsToWhatADeployMadeLiveBefore() throws Exception {
    deploy("1");
    deploy("2");
    deploy("1");

    assertThat(rollback().to().id()).isEqualTo("2");

    assertThat(states()).containsExactly("2 good *", "1 bad");
    assertThatThrownBy(this::rollback).hasMessageContaining("before 2, the live one");
  }

  @Test
  void itLeadsToNothingBeforeTheFirstOneWhateverWasDeployedAfterIt() throws Exception {
    for (String id : new String[] {"1", "2", "3"}) {
      deploy(id);
    }
    rollback("1");

    assertThatThrownBy(this::rollback)
        .hasMessageContaining("before 1, the live one")
        .hasMessageContaining("2 (good), 3 (bad, was good)")
        .hasMessageContaining("--to 2");
    assertLive("1");
  }

  @Test
  void byForceItLeadsToWhateverIsThere() throws Exception {
    deploy("1");
    failing.add("start of 2");
    fail("2");
    failing.clear();
    publish("3", COMMANDS);
    try (Stretcher stretcher = stretcher().build()) {
      stretcher.prepare(MANIFEST);
    }
    deploy("4");

    assertThat(force("2").to().state()).isEqualTo(State.GOOD);
    assertThat(force("3").to().state()).isEqualTo(State.GOOD);
    assertLive("3");
  }

  private Rollback force(String id) throws StretcherException, InterruptedException {
    try (Stretcher stretcher = stretcher().build()) {
      return stretcher.rollback(dest(), id, Accept.ANY);
    }
  }

  @Test
  void whatWasChangedIsTakenOnlyByForceAndToldThen() throws Exception {
    deploy("1");
    deploy("2");
    Files.move(dest().resolve("releases/1/hello"), dest().resolve("releases/1/hi"));

    assertThatThrownBy(() -> rollback("1"))
        .isInstanceOf(SyncFailed.class)
        .hasMessageContaining("release 1 has changed: hello is gone")
        .hasMessageEndingWith("; deploy its manifest again, or take it as it is by --to 1 --force");
    assertLive("2");
    forget();
    force("1");

    assertThat(dest().resolve("current/hi")).hasContent("1");
    assertThat(messages())
        .anyMatch(text -> text.startsWith("release 1 is taken as it is: ") && text.contains("gone"))
        .noneMatch(text -> text.contains("--force"));
  }

  @Test
  void whereNothingIsLiveAReleaseMayBeNamed() throws Exception {
    deploy("1");
    deploy("2");
    Files.delete(dest().resolve("current"));

    assertThatThrownBy(this::rollback)
        .isInstanceOf(SyncFailed.class)
        .hasMessageContaining("no release of " + dest() + " is live")
        .hasMessageContaining("such as --to 2");
    forget();
    Rollback done = rollback("1");

    assertThat(done.from()).isEmpty();
    assertLive("1");
    assertThat(states()).containsExactly("1 good *", "2 good");
    assertThat(hooks.get(0).environment()).doesNotContainKey("STRETCHER_PREVIOUS");
    assertThat(messages()).anyMatch(text -> text.startsWith("Rolled back to 1 in "));
  }

  @Test
  void theLedgerHasItWithTheManifestThatIsLiveAgain() throws Exception {
    deploy("1");
    String first = ledger().records().get(0).digest().orElseThrow();
    deploy("2");

    rollback();

    LedgerRecord record = ledger().records().get(2);
    assertThat(record.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(record.digest()).contains(first);
    assertThat(record.manifest()).isEqualTo("mem:/app.yml");
    assertThat(record.dest()).contains(dest().toString());
    assertThat(record.event()).isEmpty();
    assertThat(record.error()).isEmpty();
    assertThat(record.releases().previous()).contains("2");
    assertThat(record.releases().release()).contains("1");
    assertThat(ledger().records().get(1).releases())
        .isEqualTo(
            new LedgerRecord.ReleaseChange(Optional.of("2"), Optional.of("1"), Optional.empty()));
  }

  @Test
  void aReplayedEventDoesNotUndoIt() throws Exception {
    deploy("1");
    publish("2", COMMANDS);
    assertThat(deployNext("post 2")).isPresent();
    rollback();

    assertThat(deployNext("post 2")).isEmpty();

    assertLive("1");
    assertThat(events).hasAtLeastOneElementOfType(DeployEvent.Replayed.class);
  }

  @Test
  void anEventThatFailedAndWasRolledBackIsHandledToo() throws Exception {
    deploy("1");
    publish("2", COMMANDS);
    failing.add("start of 2");
    assertThatThrownBy(() -> deployNext("post 2"))
        .isInstanceOf(StretcherException.HookFailed.class);
    failing.clear();

    assertThat(deployNext("post 2")).isEmpty();

    assertLive("1");
  }

  private Optional<Deployment> deployNext(String event) throws Exception {
    DeployRequest request = DeployRequest.of(MANIFEST, event, "board:/1");
    EventSource source =
        new EventSource() {
          @Override
          public String name() {
            return "board";
          }

          @Override
          public Optional<DeployRequest> next() {
            return Optional.of(request);
          }
        };
    try (Stretcher stretcher = stretcher().build()) {
      return stretcher.deployNext(source);
    }
  }

  @Test
  void aReleaseMayBeNamed() throws Exception {
    for (String id : new String[] {"1", "2", "3"}) {
      deploy(id);
    }

    assertThat(rollback("1").to().id()).isEqualTo("1");

    assertThat(states()).containsExactly("1 good *", "2 good", "3 bad");
  }

  @Test
  void onlyOneThatHasProvenToWork() throws Exception {
    deploy("1");
    failing.add("start of 2");
    fail("2");
    publish("3", COMMANDS);
    try (Stretcher stretcher = stretcher().build()) {
      stretcher.prepare(MANIFEST);
    }

    assertRefused("1", "release 1 is already live");
    assertRefused("2", "release 2 has never been good: its commands have not passed; deploy its");
    assertRefused(
        "3",
        "release 3 has never been live; deploy its manifest, mem:/app.yml, or take it all the same"
            + " by --to 3 --force");
    assertRefused("4", "there is no release 4 at " + dest() + "; there are: 1 (good, live), 2");
    assertRefused("../\n", "there is no release ../\\n at");
    assertLive("1");
    assertThat(outcomes()).containsExactly(Outcome.SUCCEEDED, Outcome.FAILED, Outcome.PREPARED);
  }

  private void assertRefused(String id, String message) {
    forget();
    assertThatThrownBy(() -> rollback(id))
        .isInstanceOf(SyncFailed.class)
        .hasMessageContaining(message);
    assertThat(releases.calls()).isEmpty();
    assertThat(ran).isEmpty();
    assertThat(messages()).last().asString().startsWith("Rollback failed: ");
  }

  @Test
  void whereThereAreNoReleasesItSaysSo() {
    assertThatThrownBy(this::rollback)
        .isInstanceOf(SyncFailed.class)
        .hasMessageContaining("there are no releases at " + dest());
    assertThatThrownBy(() -> stretcher().build().releases(dest()))
        .hasMessageContaining("there are no releases at " + dest());
  }

  @Test
  void ifItsCommandsFailTheLinkStaysAndTheErrorAndTheLedgerSaySo() throws Exception {
    deploy("1");
    deploy("2");
    failing.add("start of 1");

    assertThatThrownBy(this::rollback)
        .isInstanceOf(StretcherException.HookFailed.class)
        .hasMessageContaining("post command 'start'");

    assertLive("1");
    assertThat(states()).containsExactly("1 good *", "2 bad");
    assertThat(outcomes()).endsWith(Outcome.FAILED);
    assertThat(messages()).last().asString().startsWith("Rollback failed: post command");
  }

  @Test
  void whatAnotherToolHasMadeIsReachedByTheCommandsOfWhatIsLeft() throws Exception {
    releases.adopt(dest(), "0", State.ADOPTED);
    deploy("1");
    forget();

    rollback("0");

    assertThat(ran).containsExactly("start of 0", "ask of 0");
    assertThat(messages())
        .contains(
            "no commands are known for release 0, which another tool has made; those of release 1"
                + " run");
    assertThat(states()).containsExactly("0 good *", "1 bad");
    assertThat(ledger().records().get(1).manifest()).isEqualTo("release:0");
  }

  @Test
  void aGoodOneThatIsGoneIsPassedOverUnlessItIsNamed() throws Exception {
    for (String id : new String[] {"1", "2", "3"}) {
      deploy(id);
    }
    Files.delete(dest().resolve("releases/2/hello"));

    assertThatThrownBy(() -> rollback("2")).hasMessageContaining("release 2 has changed");
    assertLive("3");
    assertThat(rollback().to().id()).isEqualTo("1");
  }

  @Test
  void itWaitsForADeployThatRuns() throws Exception {
    deploy("1");
    deploy("2");
    publish("3", COMMANDS);
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch waiting = new CountDownLatch(1);
    CompletableFuture<Void> deploy =
        CompletableFuture.runAsync(
            () -> {
              try (Stretcher stretcher =
                  stretcher()
                      .hookRunner(
                          hook -> {
                            started.countDown();
                            assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
                            return run(hook);
                          })
                      .build()) {
                stretcher.deploy(MANIFEST);
              } catch (StretcherException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();

    Rollback done;
    try (Stretcher stretcher =
        stretcher()
            .listener(
                event -> {
                  if (event instanceof DeployEvent.WaitingForLock) {
                    waiting.countDown();
                  }
                })
            .build()) {
      done = stretcher.rollback(dest());
    }

    deploy.get(30, TimeUnit.SECONDS);
    assertThat(done.from().map(Release::id)).contains("3");
    assertThat(done.to().id()).isEqualTo("2");
    assertLive("2");
  }

  @Test
  void whereDeploysDoNotWaitItDoesNotEither() throws Exception {
    options = super.options().with(Settings.ON_BUSY, OnBusy.FAIL);
    deploy("1");
    deploy("2");
    publish("3", COMMANDS);
    List<Class<?>> failures = new ArrayList<>();
    try (Stretcher stretcher =
        stretcher()
            .hookRunner(
                hook -> {
                  if (hook.command().equals("stop")) {
                    assertThatThrownBy(this::rollback)
                        .satisfies(failure -> failures.add(failure.getClass()));
                  }
                  return run(hook);
                })
            .build()) {
      stretcher.deploy(MANIFEST);
    }

    assertThat(failures).containsExactly(StretcherException.Busy.class);
    assertLive("3");
  }

  @Test
  void anEventThatCameBeforeItAndWaitedGivesWay() throws Exception {
    options = super.options().with(Settings.ON_BUSY, OnBusy.NEWEST);
    deploy("1");
    deploy("2");
    publish("3", COMMANDS);
    clocks.pass(Duration.ofSeconds(5));
    // The event comes, and while its manifest is fetched an operator rolls back.
    Deployment late;
    try (Stretcher stretcher =
        stretcher()
            .listener(
                event -> {
                  if (event instanceof DeployEvent.LoadingManifest) {
                    clocks.pass(Duration.ofSeconds(5));
                    rollbackBeside();
                  }
                })
            .build()) {
      late = stretcher.deploy(MANIFEST);
    }

    assertThat(late).isInstanceOf(Deployment.Superseded.class);
    assertLive("1");
  }

  private void rollbackBeside() {
    try (Stretcher other = stretcher().build()) {
      other.rollback(dest());
    } catch (StretcherException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aRelativeDestIsTheSame() throws Exception {
    deploy("1");
    Path here = Path.of("").toAbsolutePath().relativize(dest());

    try (Stretcher stretcher = stretcher().build()) {
      assertThat(stretcher.releases(here)).hasSize(1);
      assertThat(stretcher.use(here, stretcher.releases(here).get(0)).bytes()).isEqualTo(5);
    }
  }
}
