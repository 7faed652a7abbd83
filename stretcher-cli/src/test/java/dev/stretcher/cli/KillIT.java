package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import dev.stretcher.ledger.Ledger;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at the packaged launcher at random instants of the download, the commands, the unpacking
 * and the sync: each file is the old one or the new one, the ledger can be read, and the next
 * deploy finishes the job and leaves nothing behind. {@code -Dstretcher.kills=300} kills more often
 * than the default; the seed is printed, and taken from {@code -Dstretcher.seed}.
 */
class KillIT {
  private static final int KILLS = Integer.getInteger("stretcher.kills", 4);
  private static final long SEED = Long.getLong("stretcher.seed", System.nanoTime());

  /** Where a phase begins. */
  private static final List<String> MARKS =
      List.of(
          "Starting up",
          "Loading URL http",
          "Checksum ok",
          "invoking command: sleep 0.1",
          "invoking command: true",
          "invoking command: sleep 0.2",
          "Done");

  /** The sync, which comes after the last of the {@code pre} commands. */
  private static final int SYNC = 4;

  @TempDir private Path directory;
  private Path temporary;
  private TwoVersions versions;
  private TestApp app;
  private MockWebServer server;
  private URI manifest;
  private final long[] nanos = new long[MARKS.size() - 1];

  @BeforeEach
  void makeTwoVersions() throws Exception {
    Tools.require("rsync");
    temporary = Files.createDirectory(directory.resolve("tmp"));
    versions = new TwoVersions(directory);
    app = new TestApp(directory);
    versions.packFresh(app.archive());
    server = new MockWebServer();
    server.setDispatcher(new Slow(Files.readAllBytes(app.archive())));
    server.start();
    manifest =
        app.manifestFrom(
            server.url("/app.tar.gz").uri(),
            "commands: {pre: [sleep 0.1, 'true'], post: [sleep 0.2]}");
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  /** Serves the archive within some 100 ms. */
  private static final class Slow extends Dispatcher {
    private final byte[] archive;

    Slow(byte[] archive) {
      this.archive = archive;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      return new MockResponse.Builder()
          .body(new Buffer().write(archive))
          .throttleBody(archive.length / 10L, 10, TimeUnit.MILLISECONDS)
          .build();
    }
  }

  @Test
  void eachFileIsOldOrNewAndTheNextDeployConverges() throws Exception {
    System.out.println("stretcher.seed=" + SEED);
    Random random = new Random(SEED);
    measure();
    int killed = 0;
    int half = 0;
    for (int i = 0; i < KILLS; i++) {
      versions.putOld(app.dest());

      // The sync is what matters most.
      int phase = random.nextInt(3) == 0 ? SYNC : random.nextInt(nanos.length);
      killed += kill(phase, random) ? 1 : 0;

      half += versions.requireEachFileOldOrNew(app.dest()) ? 1 : 0;
      assertLedgerCanBeRead();
      deploy();
      assertThat(versions.difference(app.dest())).isEmpty();
      assertNothingIsLeftBehind();
    }
    System.out.printf(
        "%d of %d deploys were killed before their end, %d of them with dest half updated%n",
        killed, KILLS, half);
    assertThat(killed).isPositive();
  }

  private boolean kill(int phase, Random random) throws Exception {
    WatchedDeploy deploy = start();
    deploy.await(phase);
    return deploy.killAfter(random.nextLong(nanos[phase] * 5 / 4));
  }

  /** Deploys once, to know how long each phase takes. */
  private void measure() throws Exception {
    versions.putOld(app.dest());
    WatchedDeploy deploy = start();
    assertThat(deploy.end()).isZero();
    for (int phase = 0; phase < nanos.length; phase++) {
      nanos[phase] = Math.max(1, deploy.await(phase + 1) - deploy.await(phase));
    }
  }

  private WatchedDeploy start() throws IOException {
    return new WatchedDeploy(
        Launcher.start(Launcher.path(), List.of(), manifest.toString(), environment()), MARKS);
  }

  private void deploy() throws Exception {
    List<String> impatient = List.of("--lock-timeout=1s");
    Cli.Result result =
        Launcher.finish(
            Launcher.start(Launcher.path(), impatient, manifest.toString(), environment()));
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private void assertLedgerCanBeRead() throws IOException {
    List<String> warnings = new ArrayList<>();
    Ledger.in(directory.resolve("state/stretcher")).warning(warnings::add).records();
    assertThat(warnings).isEmpty();
  }

  private void assertNothingIsLeftBehind() throws IOException {
    assertThat(temporary).isEmptyDirectory();
    try (Stream<Path> beside = Files.list(directory)) {
      assertThat(beside.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".stretcher"));
    }
  }

  private Map<String, String> environment() {
    return Map.of(
        "PATH", System.getenv("PATH"),
        "TMPDIR", temporary.toString(),
        "XDG_STATE_HOME", directory.resolve("state").toString());
  }
}
