package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hundred events at one host within a second: one deploy at a time, and the last one wins. */
class EventCrowdIT {
  private static final int EVENTS = 200;

  @TempDir private Path directory;
  private Path temporary;
  private Path deploys;
  private List<URI> manifests;
  private TestApp app;

  @BeforeEach
  void makeManyVersions() throws IOException {
    temporary = Files.createDirectory(directory.resolve("tmp"));
    deploys = directory.resolve("deploys");
    manifests = new ArrayList<>();
    app = new TestApp(directory);
    for (int i = 0; i < EVENTS; i++) {
      Path archive = directory.resolve("app-" + i + ".tar");
      Files.write(archive, new RawTar().directory(".").file("version", "" + i).end());
      String sha256 = DigestUtils.sha256Hex(Files.readAllBytes(archive));
      // Two versions may have the same size, and all have the same time.
      // Two at once would see each other's directory.
      String alone = "mkdir %1$s/busy && echo %2$s >> %3$s".formatted(directory, i, deploys);
      Path manifest = directory.resolve("app-" + i + ".yml");
      Files.writeString(
          manifest,
          "src: %s\nchecksum: %s\ndest: %s\ncompare: checksum\ncommands: {pre: ['%s'], post: ['rmdir %s/busy']}\n"
              .formatted(archive.toUri(), sha256, app.dest(), alone, directory));
      manifests.add(manifest.toUri());
    }
  }

  private Map<String, String> environment() {
    return Map.of(
        "PATH", System.getenv("PATH"),
        "TMPDIR", temporary.toString(),
        "JAVA_HOME", System.getProperty("java.home"),
        "STRETCHER_CACHE_DIR", System.getProperty("stretcher.cache"),
        "XDG_STATE_HOME", directory.resolve("state").toString());
  }

  private void assertTheLastOneWon(Path log) throws Exception {
    assertThat(app.dest().resolve("version"))
        .as(Files.readString(log))
        .hasContent("" + (EVENTS - 1));
    assertThat(deployed()).doesNotHaveDuplicates().last().isEqualTo(EVENTS - 1);
    assertThat(Files.readString(log)).doesNotContain("failed");
    assertThat(temporary).isEmptyDirectory();
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".stretcher") || name.equals("busy"));
    }
  }

  private List<Integer> deployed() throws IOException {
    return Files.readAllLines(deploys).stream().map(Integer::valueOf).toList();
  }

  @Test
  void fromAConsulWatch() throws Exception {
    Path log = directory.resolve("log");
    try (ConsulWatch watch = new ConsulWatch(Launcher.path(), environment(), log)) {
      for (int i = 0; i < EVENTS; i++) {
        watch.fire("event-" + i, manifests.get(i));
      }
      watch.awaitQuiet();
      assertTheLastOneWon(log);
      assertThat(deployed()).as("no older one after a newer one").isSorted();
      int before = deployed().size();

      watch.restart();

      watch.awaitQuiet();
      assertThat(deployed()).as("replayed after a restart").hasSize(before);
      assertThat(Files.readString(log)).contains("was handled before");
    }
  }

  @Test
  void fromASerfAgent() throws Exception {
    Tools.require("serf");
    Path log = directory.resolve("log");
    try (SerfAgent agent = SerfAgent.start(Launcher.path(), environment(), log)) {
      fireTogether(agent, manifests.subList(0, EVENTS - 1));
      agent.fire("deploy", manifests.get(EVENTS - 1));
      agent.await(() -> isLast(log));
    }
    assertTheLastOneWon(log);
  }

  /** Fires from several threads: two hundred processes after each other take some seconds. */
  private static void fireTogether(SerfAgent agent, List<URI> payloads) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (URI payload : payloads) {
        tasks.add(
            () -> {
              agent.fire("deploy", payload);
              return null;
            });
      }
      for (Future<Void> fired : threads.invokeAll(tasks)) {
        fired.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean isLast(Path log) throws IOException {
    String text = Files.exists(log) ? Files.readString(log) : "";
    int last = text.indexOf("/app-" + (EVENTS - 1) + ".yml");
    return last >= 0 && text.indexOf(" Done\n", last) >= 0;
  }
}
