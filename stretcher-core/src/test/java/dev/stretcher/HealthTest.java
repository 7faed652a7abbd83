package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stretcher.ledger.Ledger;
import dev.stretcher.ledger.LedgerRecord.Outcome;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployEvent.HealthFailing;
import dev.stretcher.report.DeployEvent.HealthPassed;
import dev.stretcher.report.DeployEvent.HookEnded;
import dev.stretcher.report.DeployEvent.HookPrinted;
import dev.stretcher.report.DeployEvent.HookStarted;
import dev.stretcher.report.Stage;
import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.HookFailed;
import dev.stretcher.spi.Hook;
import dev.stretcher.spi.Hook.Phase;
import dev.stretcher.spi.HookOutput.Stream;
import dev.stretcher.spi.HookRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commands that find out whether a deploy works, run again and again after post. */
class HealthTest extends StretcherFixture {
  private final TestClocks clocks = new TestClocks();
  private final List<Hook> hooks = new ArrayList<>();

  @AfterEach
  void leaveNoInterrupt() {
    Thread.interrupted();
  }

  /** Runs nothing; a health command takes 10 ms and ends with the status of its run, from 1. */
  private HookRunner runner(IntUnaryOperator status) {
    return hook -> {
      hooks.add(hook);
      if (hook.phase() != Phase.HEALTH) {
        return 0;
      }
      clocks.pass(Duration.ofMillis(10));
      int run = (int) hooks.stream().filter(HealthTest::isCheck).count();
      hook.output().line(Stream.OUT, "run " + run);
      return status.applyAsInt(run);
    };
  }

  private static boolean isCheck(Hook hook) {
    return hook.phase() == Phase.HEALTH;
  }

  private Stretcher.Builder timed(HookRunner runner) {
    return stretcher().hookRunner(runner).steadyClock(clocks);
  }

  private <T extends DeployEvent> List<T> heard(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private List<String> log() {
    return events.stream().map(DeployEvent::message).toList();
  }

  private List<String> ran() {
    return hooks.stream().map(Hook::command).toList();
  }

  @Test
  void theyRunAfterPostAndBeforeTheResult() throws Exception {
    putApp("commands: {pre: [a], post: [b], success: [d]}\nhealth: {commands: [c, c2]}");

    timed(runner(run -> 0)).build().deploy(MANIFEST);

    assertThat(ran()).containsExactly("a", "b", "c", "c2", "d");
    assertThat(hooks.get(2).environment())
        .containsEntry("STRETCHER_STATUS", "running")
        .containsEntry("STRETCHER_DEST", directory.resolve("app").toString());
    assertThat(heard(HealthPassed.class))
        .containsExactly(new HealthPassed(Duration.ZERO, 1, Duration.ofMillis(20)));
    assertThat(log()).contains("Health ok: the commands passed, in 1 round and 20ms");
  }

  @Test
  void theyRunAlsoIfThereIsNoArchive() throws Exception {
    memory.put(
        "/app.yml",
        "commands: {post: [b]}\nhealth: {commands: [c]}".getBytes(StandardCharsets.UTF_8));

    timed(runner(run -> 0)).build().deploy(MANIFEST);

    assertThat(ran()).containsExactly("b", "c");
    assertThat(log()).contains("Executing manifest {hooks: 1 post, 1 health}");
  }

  @Test
  void theFirstThatFailsEndsItsRoundAndTheNextRoundBeginsAnew() throws Exception {
    putApp("health: {commands: [c, c2]}");

    timed(runner(run -> run == 1 || run == 3 ? 1 : 0)).build().deploy(MANIFEST);

    assertThat(ran()).containsExactly("c", "c", "c2", "c", "c2");
  }

  @Test
  void aDeployThatDoesNotBecomeHealthyHasFailed() throws Exception {
    putApp("commands: {failure: [f]}\nhealth: {commands: [c], within: 5s}");
    Ledger ledger = Ledger.in(directory.resolve("ledger"));
    Stretcher stretcher = timed(runner(run -> 22)).ledger(ledger).build();

    HookFailed failure = catchThrowableOfType(HookFailed.class, () -> stretcher.deploy(MANIFEST));

    assertThat(failure.stage()).isEqualTo(Stage.HEALTH);
    assertThat(failure.phase()).isEqualTo(Phase.HEALTH);
    assertThat(failure.command()).isEqualTo("c");
    assertThat(failure.exitStatus()).contains(22);
    assertThat(failure).hasMessageStartingWith("health command 'c': exit status 22, in the last");
    assertThat(ran()).hasSize(6).endsWith("f");
    assertThat(hooks.get(5).environment())
        .containsEntry("STRETCHER_FAILED_STAGE", "health")
        .containsEntry("STRETCHER_STATUS", "failure");
    assertThat(ledger.records().get(0).outcome()).isEqualTo(Outcome.FAILED);
    assertThat(directory.resolve("app/hello")).exists();
  }

  @Test
  void failedPostCommandsLeaveNothingToCheck() throws Exception {
    putApp("commands: {post: [b]}\nhealth: {commands: [c]}");

    assertThatThrownBy(
            () ->
                timed(
                        hook -> {
                          hooks.add(hook);
                          return 3;
                        })
                    .build()
                    .deploy(MANIFEST))
        .hasMessage("post command 'b': exit status 3");
    assertThat(ran()).containsExactly("b");
  }

  @Test
  void theLogTellsOnlyWhatChanges() throws Exception {
    putApp("health: {commands: [c], for: 10s, within: 2m}");

    // Refused, then unavailable, then well.
    timed(runner(run -> run <= 30 ? 7 : run <= 60 ? 22 : 0)).build().deploy(MANIFEST);

    assertThat(hooks).hasSizeGreaterThan(70);
    assertThat(log().stream().filter(line -> line.startsWith("run ")))
        .containsExactly("run 1", "run 31", "run 61");
    assertThat(heard(HookStarted.class)).hasSize(3);
    assertThat(heard(HookEnded.class))
        .extracting(HookEnded::exitStatus)
        .containsExactly(Optional.of(7), Optional.of(22), Optional.of(0));
    assertThat(heard(HealthFailing.class))
        .extracting(HealthFailing::message)
        .containsExactly(
            "health command 'c': exit status 7; trying again, for 1m59.99s at most",
            "health command 'c': exit status 22; trying again, for 1m29.99s at most");
    assertThat(log()).anyMatch(line -> line.startsWith("Health ok: the commands passed for 10s"));
  }

  @Test
  void whatPassesAndFailsInTurnDoesNotFillTheLog() throws Exception {
    putApp("health: {commands: [c], for: 10s, within: 2m}");

    assertThatThrownBy(() -> timed(runner(run -> run % 2 == 0 ? 7 : 0)).build().deploy(MANIFEST))
        .isInstanceOf(HookFailed.class);

    assertThat(hooks).hasSizeGreaterThan(100);
    assertThat(heard(HookEnded.class)).hasSize(21);
  }

  @Test
  void ofAFloodInALaterRoundOnlyTheEndIsKept() throws Exception {
    putApp("health: {commands: [c]}");
    HookRunner flood =
        hook -> {
          hooks.add(hook);
          for (int i = 0; hooks.size() > 1 && i < 5000; i++) {
            hook.output().line(Stream.OUT, "line " + i);
          }
          return hooks.size() == 1 ? 1 : 0;
        };

    timed(flood).build().deploy(MANIFEST);

    assertThat(heard(HookPrinted.class))
        .extracting(HookPrinted::line)
        .hasSize(101)
        .startsWith("... (4900 lines are left out)", "line 4900")
        .endsWith("line 4999");
  }

  @Test
  void aTimeoutOfACommandIsAFailureOfItsRoundOnly() throws Exception {
    HookRunner hangsOnce =
        hook -> {
          hooks.add(hook);
          if (hooks.size() == 1) {
            Thread.sleep(60_000);
          }
          return 0;
        };

    putApp("health: {commands: [{run: c, timeout: 200ms}]}");
    timed(hangsOnce).build().deploy(MANIFEST);

    assertThat(heard(HealthFailing.class))
        .singleElement()
        .extracting(HealthFailing::reason)
        .asString()
        .startsWith("health command 'c': it did not end within 200ms, and it was ended");
  }

  @Test
  void aCommandThatHangsIsEndedWithItsChildrenWhenTheTimeIsOver() throws Exception {
    Path pid = directory.resolve("pid");
    putApp("health: {commands: ['sleep 300 & echo $! > %s; wait'], within: 1s}".formatted(pid));

    assertThatThrownBy(() -> stretcher().build().deploy(MANIFEST))
        .isInstanceOf(HookFailed.class)
        .hasMessageContaining("it did not end within what was left of health.within, 1s, and it");
    assertThat(stateOf(Files.readString(pid).strip())).isIn("gone", "Z");
  }

  @Test
  void aChildThatStaysDoesNotHoldTheCheckUp() throws Exception {
    Path pid = directory.resolve("pid");
    putApp("health: {commands: ['sleep 300 > /dev/null 2>&1 & echo $! > %s']}".formatted(pid));

    try {
      stretcher().build().deploy(MANIFEST);

      assertThat(stateOf(Files.readString(pid).strip())).isIn("S", "R", "D");
    } finally {
      ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
          .ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void whatCannotBeStartedIsTriedAgain() throws Exception {
    putApp("health: {commands: [c]}");

    timed(
            hook -> {
              hooks.add(hook);
              if (hooks.size() < 3) {
                throw new IOException("no more processes");
              }
              return 0;
            })
        .build()
        .deploy(MANIFEST);

    assertThat(hooks).hasSize(3);
    assertThat(heard(HealthFailing.class)).hasSize(1);
  }

  @Test
  void aCancelWhileACommandRunsIsNoFailureOfHealth() {
    putApp("commands: {failure: [f]}\nhealth: {commands: [c]}");
    Thread deploying = Thread.currentThread();

    assertThatThrownBy(
            () ->
                timed(
                        runner(
                            run -> {
                              deploying.interrupt();
                              return 1;
                            }))
                    .build()
                    .deploy(MANIFEST))
        .isInstanceOf(InterruptedException.class);

    assertThat(ran()).containsExactly("c");
    assertThat(events).last().isInstanceOf(DeployEvent.Cancelled.class);
  }

  @Test
  void aCancelBetweenTwoRoundsIsNoFailureOfHealth() {
    putApp("commands: {failure: [f]}\nhealth: {commands: [c]}");
    Thread deploying = Thread.currentThread();

    assertThatThrownBy(
            () ->
                stretcher()
                    .hookRunner(runner(run -> 1))
                    .steadyClock(clocks)
                    .listener(
                        event -> {
                          if (event instanceof HealthFailing) {
                            deploying.interrupt();
                          }
                        })
                    .build()
                    .deploy(MANIFEST))
        .isInstanceOf(InterruptedException.class);

    assertThat(ran()).containsExactly("c");
    assertThat(events).doesNotHaveAnyElementsOfTypes(DeployEvent.Failed.class);
  }

  @Test
  void aDefectOfTheRunnerIsNoFailureOfTheApplication() {
    putApp("health: {commands: [c]}");

    assertThatThrownBy(
            () ->
                timed(
                        hook -> {
                          throw new NoClassDefFoundError("x");
                        })
                    .build()
                    .deploy(MANIFEST))
        .isInstanceOf(StretcherException.Defect.class);
  }

  @Test
  void aDryRunOnlyAnnouncesThem() throws Exception {
    putApp("commands: {post: [b], success: [d]}\nhealth: {commands: [c, c2], for: 1s}");

    timed(runner(run -> 0)).build().plan(MANIFEST);
    memory.put(
        "/app.yml",
        "commands: {post: [e]}\nhealth: {commands: [g]}".getBytes(StandardCharsets.UTF_8));
    timed(runner(run -> 0)).build().plan(MANIFEST);

    assertThat(hooks).isEmpty();
    assertThat(heard(DeployEvent.WouldRun.class))
        .extracting(DeployEvent.WouldRun::command)
        .containsExactly("b", "c", "c2", "d", "e", "g");
    assertThat(log()).contains("would run health command: c");
  }

  @Test
  void aCheckShowsWhatHasToPass() throws Exception {
    putApp(
        "commands: {post: [b], success: [d]}\n"
            + "health: {commands: [c, {run: c2, timeout: 5s}], for: 10s, within: 2m}");

    assertThat(stretcher().build().check(MANIFEST).steps())
        .containsSubsequence(
            "post: b",
            "health for 10s within 2m0s: c",
            "health for 10s within 2m0s: c2 (within 5s)",
            "success: d");
    putApp("health: {commands: {run: [c], timeout: 7s}}");
    assertThat(stretcher().build().check(MANIFEST).steps())
        .contains("health within 1m0s, all within 7s: c");
  }

  @Test
  void theEnvironmentOfTheAgentIsInheritedAsByEachHook() throws Exception {
    putApp("health: {commands: [c]}");

    timed(runner(run -> 0))
        .environment(Map.of("A", "1", "STRETCHER_RELEASE", "of another deploy"))
        .build()
        .deploy(MANIFEST);

    assertThat(hooks.get(0).inherited()).isEqualTo(Map.of("A", "1"));
  }

  /** An orphan stays a zombie where nobody collects it, as in a container without an init. */
  private static String stateOf(String pid) throws IOException {
    try {
      String stat = Files.readString(Path.of("/proc", pid, "stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).substring(0, 1);
    } catch (NoSuchFileException e) {
      return "gone";
    }
  }
}
