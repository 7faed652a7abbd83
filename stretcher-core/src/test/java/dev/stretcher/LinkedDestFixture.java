package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.ledger.Ledger;
import dev.stretcher.option.OnBusy;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.Hook;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.spi.SyncTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Releases, links to them, and deploys that stop in their commands until a test lets them go on.
 */
abstract class LinkedDestFixture extends StretcherFixture {
  @TempDir Path temporary;
  OnBusy onBusy = OnBusy.NEWEST;
  Optional<Ledger> ledger = Optional.empty();

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Running> all = new ArrayList<>();
  private int manifests;

  /** Leaves dest alone: where a deploy is allowed to write is all that matters here. */
  static class NoSyncer extends RenameSyncer {
    @Override
    public SyncReport sync(StagedTree tree, SyncTarget target)
        throws IOException, InterruptedException {
      return SyncReport.of("nothing");
    }
  }

  @BeforeEach
  void makeReleases() throws IOException {
    for (String release : List.of("releases/1", "releases/2", "releases/3")) {
      Files.createDirectories(directory.resolve(release));
    }
    link("current", "releases/1");
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    all.forEach(Running::goOn);
    threads.shutdown();
    assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    assertThat(temporary).isEmptyDirectory();
    try (Stream<Path> left = Files.walk(directory)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".stretcher"));
    }
  }

  /**
   * Lets a link lead to a place, also if it leads elsewhere, as {@code ln -sfn} and a rename do.
   */
  void link(String name, String target) throws IOException {
    Path link = directory.resolve(name);
    Path fresh = link.resolveSibling(name.replace('/', '-') + ".new");
    Files.createSymbolicLink(fresh, Path.of(target));
    Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE);
    assertThat(Files.isSymbolicLink(link)).isTrue();
  }

  @Override
  Options options() {
    return super.options()
        .with(Settings.ON_BUSY, onBusy)
        .with(Settings.LOCK_TIMEOUT, Duration.ofMinutes(5));
  }

  /** A deploy that was started. */
  final class Running {
    final CompletableFuture<Deployment> end = new CompletableFuture<>();

    /** "waits" for others, or "runs". */
    final CompletableFuture<String> beginning = new CompletableFuture<>();

    /** "waits" for others after its pre commands. */
    final CountDownLatch waitsAgain = new CountDownLatch(1);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final URI manifest;

    private Running(URI manifest) {
      this.manifest = manifest;
    }

    private void run() {
      try (Stretcher stretcher = builder().listener(this::hear).hookRunner(this::hook).build()) {
        end.complete(stretcher.deploy(manifest));
      } catch (StretcherException | InterruptedException | RuntimeException | Error e) {
        end.completeExceptionally(e);
      } finally {
        beginning.complete("ends");
        stopped.countDown();
      }
    }

    private void hear(DeployEvent event) {
      if (event instanceof DeployEvent.WaitingForLock && !beginning.complete("waits")) {
        waitsAgain.countDown();
      }
      if (event instanceof DeployEvent.HookStarted) {
        beginning.complete("runs");
      }
    }

    private int hook(Hook hook) throws IOException, InterruptedException {
      String[] words = hook.command().split(" ");
      if (words[0].equals("link")) {
        link(words[1], words[2]);
      }
      if (words[0].equals("stop")) {
        stopped.countDown();
        goOn.await();
      }
      return 0;
    }

    Running awaitStop() throws InterruptedException {
      assertThat(stopped.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(end).isNotDone();
      return this;
    }

    void goOn() {
      goOn.countDown();
    }

    String begins() throws Exception {
      return beginning.get(60, TimeUnit.SECONDS);
    }

    Deployment ends() throws Exception {
      return end.get(60, TimeUnit.SECONDS);
    }

    /** Returns how it ended: a deployment, or why there is none. */
    Object outcome() throws Exception {
      try {
        return ends();
      } catch (ExecutionException e) {
        return e.getCause();
      }
    }
  }

  Stretcher.Builder builder() {
    Stretcher.Builder builder =
        Stretcher.builder()
            .source(memory)
            .syncer(new NoSyncer())
            .options(options())
            .temporaryDirectory(temporary);
    ledger.ifPresent(builder::ledger);
    return builder;
  }

  /** Makes a manifest; its commands are {@code link NAME TARGET} and {@code stop}. */
  URI manifest(String dest, String commands) {
    putApp(directory.resolve(dest), "commands: {%s}".formatted(commands));
    String name = "/" + ++manifests + ".yml";
    memory.put(name, memory.get("/app.yml"));
    return URI.create("mem:" + name);
  }

  Running start(String dest, String commands) {
    Running running = new Running(manifest(dest, commands));
    all.add(running);
    threads.execute(running::run);
    return running;
  }
}
