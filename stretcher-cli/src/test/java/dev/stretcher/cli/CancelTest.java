package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployListener;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The deploying thread is interrupted at each report of a deploy, one after the other, and at
 * random instants: that is a cancelled deploy, never a failed one. {@code -Dstretcher.interrupts=N}
 * tries more instants than the default; the seed is printed, and taken from {@code
 * -Dstretcher.seed}.
 */
class CancelTest {
  private static final int INTERRUPTS = Integer.getInteger("stretcher.interrupts", 6);
  private static final long SEED = Long.getLong("stretcher.seed", System.nanoTime());
  private static final String COMMANDS =
      "commands: {pre: [echo prepare], post: [echo restart], success: ['true'], failure: ['true']}";

  @TempDir private Path directory;
  private TestApp app;
  private MockWebServer server;

  @BeforeEach
  void packTheNewVersion() throws IOException {
    app = new TestApp(directory).file("bin/run", "new").file("data/a.txt", "same").pack();
    server = new MockWebServer();
    byte[] archive = Files.readAllBytes(app.archive());
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse.Builder().body(new Buffer().write(archive)).build();
          }
        });
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private URI manifest(String strategy, String scheme, boolean commands) throws IOException {
    Tools.require("rsync");
    URI src = scheme.equals("http") ? server.url("/app.tar.gz").uri() : app.archive().toUri();
    return app.manifestFrom(src, "sync_strategy: " + strategy, commands ? COMMANDS : "");
  }

  private CancelledDeploy deploy(String strategy, URI manifest, DeployListener interrupter)
      throws IOException {
    if (Files.exists(app.dest())) {
      if (strategy.equals("rsync")) {
        removeTemporaryOfRsync(app.dest().resolve("bin"), "run");
        removeTemporaryOfRsync(app.dest().resolve("data"), "a.txt");
      }
      Files.delete(app.dest().resolve("bin/run"));
      Files.delete(app.dest().resolve("bin"));
      Files.delete(app.dest().resolve("data/a.txt"));
      Files.delete(app.dest().resolve("data"));
      Files.delete(app.dest());
    }
    if (!strategy.equals("mv")) {
      Files.createDirectories(app.dest().resolve("bin"));
      Files.createDirectory(app.dest().resolve("data"));
      Files.writeString(app.dest().resolve("bin/run"), "old one");
      Files.writeString(app.dest().resolve("data/a.txt"), "same");
    }
    return new CancelledDeploy(directory).run(manifest, interrupter);
  }

  /**
   * Removes the copy that rsync was about to make. An rsync that is ended when it has made that
   * file, and has not noted yet that it has to remove it, leaves it; the next rsync deletes it.
   */
  private static void removeTemporaryOfRsync(Path directory, String name) throws IOException {
    String copy = "\\." + Pattern.quote(name) + "\\.[A-Za-z0-9]{6}";
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(each -> !each.endsWith(name)).toList()) {
        assertThat(file.getFileName().toString()).matches(copy);
        Files.delete(file);
      }
    }
  }

  private void requireOldOrNew(String strategy) throws IOException {
    if (strategy.equals("mv") && !Files.exists(app.dest())) {
      return;
    }
    assertThat(Files.readString(app.dest().resolve("bin/run")))
        .isIn("new", strategy.equals("mv") ? "new" : "old one");
    assertThat(app.dest().resolve("data/a.txt")).hasContent("same");
  }

  @ParameterizedTest(name = "{0}, {1}, commands: {2}")
  @CsvSource({
    "tree, file, false", "tree, file, true", "tree, http, false", "tree, http, true",
    "mv, file, false", "mv, http, true", "rsync, file, true", "rsync, http, false",
  })
  void atEachReportItIsACancelledDeploy(String strategy, String scheme, boolean commands)
      throws Exception {
    URI manifest = manifest(strategy, scheme, commands);
    int all = deploy(strategy, manifest, event -> {}).reports();
    for (int at = 0; at < all; at++) {
      InterruptAt interrupter = new InterruptAt(at, Thread.currentThread());
      CancelledDeploy deploy = deploy(strategy, manifest, interrupter);
      deploy.requireCancelledOrDone();
      requireOldOrNew(strategy);
      if (interrupter.cameBeforeSuccess) {
        assertThat(deploy.isCancelled()).as("interrupted at report %d of %d", at, all).isTrue();
      }
    }
  }

  /** Interrupts the deploying thread at a report; other threads report as well. */
  private static final class InterruptAt implements DeployListener {
    private final int at;
    private final Thread deploying;
    private int reports;
    private boolean succeeded;
    private boolean cameBeforeSuccess;

    InterruptAt(int at, Thread deploying) {
      this.at = at;
      this.deploying = deploying;
    }

    @Override
    public void onEvent(DeployEvent event) {
      succeeded |= event instanceof DeployEvent.Succeeded;
      if (reports++ == at) {
        cameBeforeSuccess = !succeeded;
        deploying.interrupt();
      }
    }
  }

  @ParameterizedTest(name = "{0}, {1}, commands: {2}")
  @CsvSource({"tree, http, false", "rsync, file, true", "mv, file, false"})
  void atAnyInstantItIsACancelledDeploy(String strategy, String scheme, boolean commands)
      throws Exception {
    System.out.println("stretcher.seed=" + SEED);
    Random random = new Random(SEED);
    URI manifest = manifest(strategy, scheme, commands);
    long start = System.nanoTime();
    deploy(strategy, manifest, event -> {});
    long whole = System.nanoTime() - start;
    for (int i = 0; i < INTERRUPTS; i++) {
      long after = random.nextLong(whole);
      CountDownLatch begun = new CountDownLatch(1);
      Thread interrupter = interrupter(Thread.currentThread(), begun, after);
      CancelledDeploy deploy = deploy(strategy, manifest, event -> begun.countDown());
      interrupter.interrupt();
      interrupter.join();
      // Of an interrupt that came after the end.
      Thread.interrupted();
      deploy.requireCancelledOrDone();
      requireOldOrNew(strategy);
    }
  }

  private static Thread interrupter(Thread deploying, CountDownLatch begun, long afterNanos) {
    Thread thread =
        new Thread(
            () -> {
              try {
                begun.await();
                TimeUnit.NANOSECONDS.sleep(afterNanos);
                deploying.interrupt();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
