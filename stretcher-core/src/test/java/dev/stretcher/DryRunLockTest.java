package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stretcher.option.Settings;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncPlan;
import dev.stretcher.spi.SyncTarget;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Dry runs and deploys to one dest. */
class DryRunLockTest extends DryRunFixture {
  @Test
  void waitsForADeployToTheSameDest() throws Exception {
    putApp(COMMANDS);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<Void> deploying =
        CompletableFuture.runAsync(
            () -> {
              try (Stretcher stretcher =
                  stretcher()
                      .hookRunner(
                          hook -> {
                            inside.countDown();
                            goOn.await();
                            return 1;
                          })
                      .build()) {
                stretcher.deploy(MANIFEST);
              } catch (StretcherException | InterruptedException e) {
                // Its pre command fails, which is no matter here.
              }
            });
    inside.await();

    StretcherException.Busy busy =
        catchThrowableOfType(
            StretcherException.Busy.class,
            () ->
                stretcher()
                    .options(options().with(Settings.LOCK_TIMEOUT, Duration.ofMillis(50)))
                    .build()
                    .plan(MANIFEST));
    goOn.countDown();
    deploying.get(30, TimeUnit.SECONDS);

    assertThat(busy).hasMessageContaining("50ms");
    assertNothingIsTouched();
  }

  @Test
  void releasesTheLockSoThatADeployFollows() throws Exception {
    putApp(directory.resolve("fresh"), "");

    plan(new PlanningSyncer());
    stretcher().build().deploy(MANIFEST);

    assertThat(directory.resolve("fresh/hello")).hasContent("hello");
  }

  @Test
  void anInterruptCancelsAndLeavesNothing() throws Exception {
    putApp(COMMANDS);
    CountDownLatch inside = new CountDownLatch(1);
    CompletableFuture<Throwable> outcome = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                plan(new WaitingSyncer(inside));
                outcome.complete(new AssertionError("planned"));
              } catch (StretcherException | InterruptedException e) {
                outcome.complete(e);
              }
            });
    thread.start();
    inside.await();

    thread.interrupt();

    assertThat(outcome.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    assertThat(events).last().isInstanceOf(DeployEvent.Cancelled.class);
    assertNothingIsTouched();
  }

  /** Plans for ever. */
  private static final class WaitingSyncer extends RenameSyncer {
    private final CountDownLatch inside;

    private WaitingSyncer(CountDownLatch inside) {
      this.inside = inside;
    }

    @Override
    public Optional<SyncPlan> plan(StagedTree tree, SyncTarget target) throws InterruptedException {
      inside.countDown();
      new CountDownLatch(1).await();
      return Optional.empty();
    }
  }
}
