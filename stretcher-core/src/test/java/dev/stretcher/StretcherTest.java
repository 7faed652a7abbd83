package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stretcher.option.Settings;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.Stage;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.EventSource;
import dev.stretcher.spi.Hook;
import dev.stretcher.spi.HookRunner;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.spi.Syncer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StretcherTest extends StretcherFixture {
  @Test
  void deploysByItsPlugInsAndTellsWhatItDid() throws Exception {
    putApp("");

    Deployment deployment = stretcher().build().deploy(MANIFEST);

    assertThat(deployment).isInstanceOf(Deployment.OfArchive.class);
    assertThat(directory.resolve("app/hello")).hasContent("hello");
    assertThat(events.stream().map(event -> event.getClass().getSimpleName()))
        .containsExactly(
            "Started",
            "LoadingManifest",
            "LoadingUrl",
            "ExecutingManifest",
            "LoadingUrl",
            "Fetched",
            "Verified",
            "Extracting",
            "Extracted",
            "Synced",
            "Succeeded",
            "Done");
  }

  @Test
  void aListenerThatThrowsIsReportedInTheLogAndStopsNothing() throws Exception {
    putApp("commands: {success: [log]}");
    StringBuilder log = new StringBuilder();
    HookRunner runner =
        hook -> {
          log.append(new String(hook.input().orElseThrow().readAllBytes(), StandardCharsets.UTF_8));
          return 0;
        };

    stretcher()
        .listener(
            event -> {
              throw new IllegalStateException("broken on purpose");
            })
        .hookRunner(runner)
        .build()
        .deploy(MANIFEST);

    assertThat(log).contains("broken on purpose");
    assertThat(directory.resolve("app/hello")).exists();
  }

  @Test
  void aPlugInThatThrowsSomethingElseIsAFailureLikeAnyOther() {
    putApp("commands: {failure: [told]}");
    List<String> told = new CopyOnWriteArrayList<>();
    Syncer broken =
        new RenameSyncer() {
          @Override
          public SyncReport sync(StagedTree tree, SyncTarget target) {
            throw new IllegalStateException("a bug");
          }
        };

    assertThatThrownBy(
            () ->
                stretcher()
                    .syncer(broken)
                    .hookRunner(
                        hook -> {
                          told.add(hook.command());
                          return 0;
                        })
                    .build()
                    .deploy(MANIFEST))
        .isInstanceOf(StretcherException.SyncFailed.class)
        .hasMessageContaining("a bug");
    assertThat(told).containsExactly("told");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void failuresCarryTheirStageAndData() {
    putApp("commands: {pre: ['false']}");

    StretcherException.HookFailed hook =
        catchThrowableOfType(
            StretcherException.HookFailed.class,
            () -> stretcher().hookRunner(h -> 3).build().deploy(MANIFEST));
    StretcherException.SourceUnavailable missing =
        catchThrowableOfType(
            StretcherException.SourceUnavailable.class,
            () -> stretcher().build().deploy(URI.create("mem:/none?token=s3cret")));

    assertThat(hook.stage()).isEqualTo(Stage.PRE);
    assertThat(hook.phase()).isEqualTo(Hook.Phase.PRE);
    assertThat(hook.exitStatus()).hasValue(3);
    assertThat(missing.stage()).isEqualTo(Stage.MANIFEST);
    assertThat(missing).hasMessageContaining("mem:/none").hasMessageNotContaining("s3cret");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void nothingToVerifyIsAFailureBeforeTheDownload() {
    putApp("");
    memory.put("/app.yml", "src: mem:/app.tar\ndest: " + directory.resolve("app"));

    StretcherException e =
        catchThrowableOfType(
            StretcherException.VerificationFailed.class,
            () -> stretcher().build().deploy(MANIFEST));

    assertThat(e.remedy()).get().asString().contains("checksum");
    assertThat(memory.opened()).containsExactly("/app.yml");
  }

  @Test
  void twoDeploysToOneDestWaitForEachOther() throws Exception {
    putApp("commands: {pre: [wait]}");
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    HookRunner blocking =
        hook -> {
          inside.countDown();
          goOn.await();
          return 0;
        };
    CompletableFuture<Deployment> first = deployInBackground(stretcher().hookRunner(blocking));
    inside.await();

    StretcherException.Busy busy =
        catchThrowableOfType(
            StretcherException.Busy.class,
            () ->
                stretcher()
                    .hookRunner(h -> 0)
                    .options(options().with(Settings.LOCK_TIMEOUT, Duration.ofMillis(50)))
                    .build()
                    .deploy(MANIFEST));
    CompletableFuture<Deployment> second = deployInBackground(stretcher().hookRunner(h -> 0));
    goOn.countDown();

    assertThat(busy).hasMessageContaining("50ms").hasMessageContaining("the setting lock-timeout");
    assertThat(first.get(30, TimeUnit.SECONDS)).isNotNull();
    assertThatThrownBy(() -> second.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("exists");
    assertThat(directory).isDirectoryContaining("glob:**/app");
    assertThat(directory.toFile().list()).containsExactly("app");
  }

  @Test
  void anInterruptCancelsAndLeavesNothing() throws Exception {
    putApp("commands: {pre: [wait], failure: [never]}");
    CountDownLatch inside = new CountDownLatch(1);
    List<String> ran = new CopyOnWriteArrayList<>();
    HookRunner blocking =
        hook -> {
          ran.add(hook.command());
          inside.countDown();
          new CountDownLatch(1).await();
          return 0;
        };
    CompletableFuture<Throwable> outcome = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                stretcher().hookRunner(blocking).build().deploy(MANIFEST);
                outcome.complete(new AssertionError("deployed"));
              } catch (StretcherException | InterruptedException e) {
                outcome.complete(e);
              }
            });
    thread.start();
    inside.await();

    thread.interrupt();

    assertThat(outcome.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    assertThat(ran).containsExactly("wait");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aDownloadIsTriedAgainAndVerifiedAsAWhole() throws Exception {
    putApp("");
    memory.failNext(2);

    stretcher().build().deploy(MANIFEST);

    assertThat(events).hasAtLeastOneElementOfType(DeployEvent.RetryScheduled.class);
    assertThat(directory.resolve("app/hello")).hasContent("hello");
  }

  @Test
  void anEventSourceWithoutEventIsNothingToDo() throws Exception {
    EventSource none = eventSource(Optional.empty());

    assertThat(stretcher().build().deployNext(none)).isEmpty();
    assertThat(events).hasAtLeastOneElementOfType(DeployEvent.NothingToDo.class);
  }

  @Test
  void anEventOfAnySourceDeploys() throws Exception {
    putApp("");

    Optional<Deployment> deployment =
        stretcher()
            .build()
            .deployNext(eventSource(Optional.of(DeployRequest.of(MANIFEST, "a test"))));

    assertThat(deployment).isPresent();
  }

  @Test
  void checkNamesAllThatWouldStopADeploy() throws Exception {
    memory.put(
        "/app.yml",
        "src: nope://x/y\ndest: %s/no/such/app\nsync_strategy: cp\n".formatted(directory));

    CheckReport report = stretcher().build().check(MANIFEST);

    assertThat(report.ok()).isFalse();
    assertThat(report.problems().toString())
        .contains("no source", "checksum", "no sync_strategy 'cp'", "parent of dest");
    assertThat(directory).isEmptyDirectory();
  }

  private static EventSource eventSource(Optional<DeployRequest> event) {
    return new EventSource() {
      @Override
      public String name() {
        return "a test";
      }

      @Override
      public Optional<DeployRequest> next() {
        return event;
      }
    };
  }

  private static CompletableFuture<Deployment> deployInBackground(Stretcher.Builder builder) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return builder.build().deploy(MANIFEST);
          } catch (StretcherException | InterruptedException e) {
            throw new IllegalStateException(e.getMessage(), e);
          }
        });
  }
}
