package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.ledger.Ledger;
import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.option.OnBusy;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployListener;
import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.Busy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that come while a deploy to the same dest is running. */
class BusyTest extends StretcherFixture {
  @TempDir Path elsewhere;

  private OnBusy onBusy = OnBusy.NEWEST;
  private Path gate;
  private Path log;

  @BeforeEach
  void buildGate() {
    gate = elsewhere.resolve("gate");
    log = elsewhere.resolve("log");
  }

  @Override
  Options options() {
    return super.options().with(Settings.ON_BUSY, onBusy);
  }

  /** Makes a manifest that says its name when its commands run, and lets dest be renamed again. */
  private URI app(String name, String before) {
    putApp(
        "commands: {pre: ['%s', 'rm -rf %s', 'echo %s >> %s']}"
            .formatted(before, directory.resolve("app"), name, log));
    memory.put("/" + name + ".yml", memory.get("/app.yml"));
    return URI.create("mem:/" + name + ".yml");
  }

  private CompletableFuture<Deployment> start(URI manifest, CountDownLatch at, Class<?> event) {
    CompletableFuture<Deployment> result = new CompletableFuture<>();
    DeployListener listener =
        told -> {
          if (event.isInstance(told)) {
            at.countDown();
          }
        };
    Thread thread =
        new Thread(
            () -> {
              try (Stretcher stretcher =
                  stretcher()
                      .listener(listener)
                      .ledger(Ledger.in(elsewhere.resolve("state")))
                      .build()) {
                result.complete(stretcher.deploy(manifest));
              } catch (StretcherException | InterruptedException e) {
                result.completeExceptionally(e);
              }
            });
    thread.start();
    return result;
  }

  private CompletableFuture<Deployment> startAndAwait(URI manifest, Class<?> event)
      throws InterruptedException {
    CountDownLatch at = new CountDownLatch(1);
    CompletableFuture<Deployment> result = start(manifest, at, event);
    assertThat(at.await(30, TimeUnit.SECONDS)).isTrue();
    return result;
  }

  private CompletableFuture<Deployment> startFirst() throws InterruptedException {
    String wait = "until test -e %s; do sleep 0.01; done".formatted(gate);
    return startAndAwait(app("first", wait), DeployEvent.HookStarted.class);
  }

  private List<Deployment> startOthersAndOpenTheGate(int count) throws Exception {
    List<CompletableFuture<Deployment>> all = new ArrayList<>(List.of(startFirst()));
    for (int i = 2; i <= count; i++) {
      all.add(startAndAwait(app("app" + i, "true"), DeployEvent.WaitingForLock.class));
    }
    Files.createFile(gate);
    List<Deployment> ended = new ArrayList<>();
    for (CompletableFuture<Deployment> each : all) {
      ended.add(each.get(60, TimeUnit.SECONDS));
    }
    return ended;
  }

  @Test
  void ofThoseThatWaitTheNewestIsDeployed() throws Exception {
    List<Deployment> ended = startOthersAndOpenTheGate(5);

    assertThat(log).hasContent("first\napp5\n");
    assertThat(ended.subList(1, 4)).allMatch(Deployment.Superseded.class::isInstance);
    assertThat(ended.get(4)).isInstanceOf(Deployment.OfArchive.class);
    assertThat(Ledger.in(elsewhere.resolve("state")).records())
        .extracting(LedgerRecord::outcome)
        .containsExactlyInAnyOrder(
            LedgerRecord.Outcome.SUPERSEDED,
            LedgerRecord.Outcome.SUPERSEDED,
            LedgerRecord.Outcome.SUPERSEDED,
            LedgerRecord.Outcome.SUCCEEDED,
            LedgerRecord.Outcome.SUCCEEDED);
    assertThat(directory.toFile().list()).containsExactly("app");
  }

  @Test
  void allThatWaitMayBeDeployedInTheOrderOfTheirArrival() throws Exception {
    onBusy = OnBusy.WAIT;
    List<Deployment> ended = startOthersAndOpenTheGate(4);
    assertThat(log).hasContent("first\napp2\napp3\napp4\n");
    assertThat(ended).allMatch(Deployment.OfArchive.class::isInstance);
    assertThat(directory.toFile().list()).containsExactly("app");
  }

  @Test
  void whoIsCancelledWhileItWaitsLeavesNoPlaceInTheQueueBehind() throws Exception {
    CompletableFuture<Deployment> first = startFirst();
    URI second = app("second", "true");
    CountDownLatch waiting = new CountDownLatch(1);
    CompletableFuture<Throwable> cancelled = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              DeployListener listener =
                  told -> {
                    if (told instanceof DeployEvent.WaitingForLock) {
                      waiting.countDown();
                    }
                  };
              try (Stretcher stretcher = stretcher().listener(listener).build()) {
                cancelled.completeExceptionally(
                    new AssertionError(stretcher.deploy(second).toString()));
              } catch (StretcherException | InterruptedException e) {
                cancelled.complete(e);
              }
            });
    thread.start();
    assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
    thread.interrupt();

    assertThat(cancelled.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    Files.createFile(gate);
    assertThat(first.get(60, TimeUnit.SECONDS)).isInstanceOf(Deployment.OfArchive.class);
    assertThat(directory.toFile().list()).containsExactly("app");
  }

  @Test
  void oneMayFailAtOnce() throws Exception {
    CompletableFuture<Deployment> first = startFirst();
    onBusy = OnBusy.FAIL;
    URI second = app("second", "true");
    try (Stretcher stretcher = stretcher().build()) {
      assertThatThrownBy(() -> stretcher.deploy(second))
          .isInstanceOf(Busy.class)
          .hasMessageContaining("is running")
          .hasMessageContaining("the setting on-busy=newest");
    }
    Files.createFile(gate);
    assertThat(first.get(60, TimeUnit.SECONDS)).isInstanceOf(Deployment.OfArchive.class);
    assertThat(log).hasContent("first\n");
  }
}
