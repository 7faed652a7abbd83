package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.stretcher.option.OnBusy;
import dev.stretcher.option.Settings;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.Hook;
import dev.stretcher.spi.HookRunner;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The numbers that a listener needs for metrics. */
class MetricsTest extends StretcherFixture {
  private static final Duration MOMENT = Duration.ofMillis(20);

  private <T> List<T> heard(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private <T> T only(Class<T> type) {
    assertThat(heard(type)).hasSize(1);
    return heard(type).get(0);
  }

  private static void fails(ThrowingCallable call) {
    assertThatThrownBy(call).isNotNull();
  }

  /** Takes a moment, as measured by the same clock. */
  private static int after(int status) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < MOMENT.toNanos()) {
      Thread.onSpinWait();
    }
    return status;
  }

  @Test
  void eachCommandHasItsStatusAndItsTime() throws Exception {
    putApp("commands: {pre: [a], success: [b]}");

    stretcher().hookRunner(h -> after(h.command().equals("a") ? 0 : 7)).build().deploy(MANIFEST);

    List<DeployEvent.HookEnded> ended = heard(DeployEvent.HookEnded.class);
    assertThat(ended).extracting(DeployEvent.HookEnded::command).containsExactly("a", "b");
    assertThat(ended)
        .extracting(DeployEvent.HookEnded::phase)
        .containsExactly(Hook.Phase.PRE, Hook.Phase.SUCCESS);
    assertThat(ended)
        .extracting(DeployEvent.HookEnded::exitStatus)
        .containsExactly(Optional.of(0), Optional.of(7));
    assertThat(ended).allSatisfy(hook -> assertThat(hook.elapsed()).isGreaterThan(MOMENT));
    assertThat(ended.get(1).message()).startsWith("command ended after ").endsWith("status 7");
  }

  @Test
  void aCommandThatWasEndedOrCouldNotBeStartedHasNoStatus() {
    putApp("commands: {pre: [{run: a, timeout: 10ms}], failure: [b]}");
    HookRunner runner =
        hook -> {
          if (hook.command().equals("b")) {
            throw new IOException("no such program");
          }
          new CountDownLatch(1).await();
          return 0;
        };

    fails(() -> stretcher().hookRunner(runner).build().deploy(MANIFEST));

    assertThat(heard(DeployEvent.HookEnded.class))
        .hasSize(2)
        .allSatisfy(hook -> assertThat(hook.exitStatus()).isEmpty());
    assertThat(heard(DeployEvent.HookEnded.class).get(0).elapsed())
        .isGreaterThanOrEqualTo(Duration.ofMillis(10));
  }

  @Test
  void aFailureSaysHowLongTheDeployTook() {
    putApp("commands: {pre: [a]}");

    fails(() -> stretcher().hookRunner(h -> after(1)).build().deploy(MANIFEST));

    assertThat(only(DeployEvent.Failed.class).elapsed()).isGreaterThan(MOMENT);
  }

  @Test
  void soDoesOneThatFoundNoManifestAndOneThatWorked() throws Exception {
    putApp("");
    Stretcher stretcher = stretcher().build();

    fails(() -> stretcher.deploy(URI.create("mem:/none")));
    Deployment deployment = stretcher.deploy(MANIFEST);

    assertThat(only(DeployEvent.NotStarted.class).elapsed()).isGreaterThan(Duration.ZERO);
    assertThat(only(DeployEvent.Succeeded.class).elapsed())
        .isGreaterThan(Duration.ZERO)
        .isLessThanOrEqualTo(deployment.elapsed());
  }

  @Test
  void aCancelAndADryRunSayItToo() throws Exception {
    putApp("commands: {pre: [a]}");
    HookRunner interrupted =
        hook -> {
          after(0);
          throw new InterruptedException("as after an interrupt");
        };
    Stretcher stretcher = stretcher().hookRunner(interrupted).build();

    fails(() -> stretcher.deploy(MANIFEST));
    stretcher.plan(MANIFEST);

    assertThat(only(DeployEvent.Cancelled.class).elapsed()).isGreaterThan(MOMENT);
    assertThat(only(DeployEvent.HookEnded.class).exitStatus()).isEmpty();
    assertThat(only(DeployEvent.DryRunDone.class).elapsed()).isGreaterThan(Duration.ZERO);
  }

  @Test
  void whoWaitsForTheLockSaysHowLong() throws Exception {
    putApp("commands: {pre: [wait]}");
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    HookRunner blocking =
        hook -> {
          inside.countDown();
          goOn.await();
          return 1;
        };
    Thread first =
        new Thread(
            () ->
                fails(
                    () -> {
                      try (Stretcher stretcher =
                          Stretcher.builder()
                              .source(memory)
                              .syncer(new RenameSyncer())
                              .options(options())
                              .hookRunner(blocking)
                              .build()) {
                        stretcher.deploy(MANIFEST);
                      }
                    }));
    first.start();
    inside.await();
    Duration limit = Duration.ofMillis(150);

    Throwable busy =
        catchThrowable(
            () ->
                stretcher()
                    .hookRunner(h -> 0)
                    .options(options().with(Settings.LOCK_TIMEOUT, limit))
                    .build()
                    .deploy(MANIFEST));

    assertThat(busy).isInstanceOf(StretcherException.Busy.class);
    DeployEvent.WaitedForLock gaveUp = only(DeployEvent.WaitedForLock.class);
    assertThat(gaveUp.dest()).isEqualTo(directory.resolve("app"));
    assertThat(gaveUp.elapsed()).isGreaterThanOrEqualTo(limit);
    assertThat(only(DeployEvent.Failed.class).elapsed()).isGreaterThanOrEqualTo(limit);

    events.clear();
    stretcher()
        .listener(
            event -> {
              if (event instanceof DeployEvent.WaitingForLock) {
                goOn.countDown();
              }
            })
        .hookRunner(h -> 0)
        .options(options().with(Settings.ON_BUSY, OnBusy.WAIT))
        .build()
        .deploy(MANIFEST);
    first.join();

    assertThat(only(DeployEvent.WaitedForLock.class).elapsed()).isGreaterThan(Duration.ZERO);
    assertThat(only(DeployEvent.WaitedForLock.class).message()).startsWith("Waited ");
  }

  @Test
  void whoNeedNotWaitSaysNothingOfIt() throws Exception {
    putApp("");

    stretcher().build().deploy(MANIFEST);

    assertThat(heard(DeployEvent.WaitedForLock.class)).isEmpty();
  }
}
