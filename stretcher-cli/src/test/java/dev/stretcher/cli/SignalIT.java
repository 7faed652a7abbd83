package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okio.Buffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM at the packaged launcher, wherever a deploy is. */
class SignalIT {
  @TempDir private Path directory;
  private Path temporary;
  private TestApp app;

  @BeforeEach
  void packAnApplication() throws IOException {
    temporary = Files.createDirectory(directory.resolve("tmp"));
    app = new TestApp(directory).file("bin/run", "v1").pack();
  }

  @Test
  void duringADownload() throws Exception {
    MockResponse.Builder slow = new MockResponse.Builder();
    slow.body(new Buffer().write(Files.readAllBytes(app.archive())));
    slow.throttleBody(1, 1, TimeUnit.HOURS);
    try (MockWebServer server = new MockWebServer()) {
      server.enqueue(slow.build());
      server.start();
      URI manifest = app.manifestFrom(server.url("/app.tar.gz").uri(), "sync_strategy: mv");

      assertCancelled(manifest, "Loading URL http:", Map.of(), 143);
    }
    assertThat(app.dest()).doesNotExist();
  }

  @Test
  void duringAHookWhoseChildrenEndAsWell() throws Exception {
    Path pids = directory.resolve("pids");
    URI manifest =
        app.manifest(
            "sync_strategy: mv",
            "commands: {pre: ['sleep 300 & echo $! $$ > %s; echo running; wait'], failure: [echo no]}"
                .formatted(pids));

    Cli.Result result = assertCancelled(manifest, "running", Map.of(), 143);

    assertThat(result.out()).isEmpty();
    for (String pid : Files.readString(pids).strip().split(" ")) {
      assertThat(Launcher.isRunning(Long.parseLong(pid))).isFalse();
    }
    assertThat(app.dest()).doesNotExist();
  }

  @Test
  void underConsulWatchTheExitStatusIsZeroEvenThen() throws Exception {
    URI manifest = app.write("commands: {pre: ['echo running; sleep 300']}");

    assertCancelled(manifest, "running", Map.of("CONSUL_INDEX", "1"), 0);
  }

  @Test
  void duringRsync() throws Exception {
    Tools.require("rsync");
    Path bin = Files.createDirectory(directory.resolve("bin"));
    Path pid = directory.resolve("rsync.pid");
    Path rsync = bin.resolve("rsync");
    Files.writeString(rsync, "#!/bin/sh\necho $$ > %s\necho copying\nsleep 300\n".formatted(pid));
    rsync.toFile().setExecutable(true);
    URI manifest = app.manifest("sync_strategy: rsync");

    assertCancelled(manifest, "copying", Map.of("PATH", bin + ":" + System.getenv("PATH")), 143);

    assertThat(Launcher.isRunning(Long.parseLong(Files.readString(pid).strip()))).isFalse();
  }

  @Test
  void whileATreeIsPacked() throws Exception {
    Path tree = Files.createDirectory(directory.resolve("tree"));
    Path out = Files.createDirectory(directory.resolve("out"));
    try (RandomAccessFile file = new RandomAccessFile(tree.resolve("zeros").toFile(), "rw");
        WatchService watch = out.getFileSystem().newWatchService()) {
      // It takes minutes to compute its digest.
      file.setLength(200L << 30);
      out.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      List<String> pack = List.of("pack", "-o", out.resolve("a.tgz").toString(), tree.toString());
      Process process =
          Launcher.start(Launcher.path(), pack, "", Map.of("PATH", System.getenv("PATH")));
      watch.take();
      // Process.destroy would close its outputs as well.
      process.toHandle().destroy();
      Cli.Result result = Launcher.finish(process);

      assertThat(result.exitCode()).as(result.err()).isEqualTo(143);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).contains("cancelled");
    }
    assertThat(out).isEmptyDirectory();
  }

  /** Sends SIGTERM once the log says {@code moment}. */
  private Cli.Result assertCancelled(
      URI manifest, String moment, Map<String, String> variables, int status) throws Exception {
    Map<String, String> environment = new TreeMap<>();
    environment.put("PATH", System.getenv("PATH"));
    environment.put("TMPDIR", temporary.toString());
    environment.putAll(variables);
    String event =
        environment.containsKey("CONSUL_INDEX")
            ? "[{\"ID\":\"i\",\"Payload\":\"%s\"}]"
                .formatted(
                    java.util.Base64.getEncoder()
                        .encodeToString(manifest.toString().getBytes(StandardCharsets.UTF_8)))
            : manifest.toString();
    Process process = Launcher.start(Launcher.path(), List.of(), event, environment);
    Cli.Result result =
        Launcher.terminateAt(
            process,
            line ->
                line.contains(moment) && !line.contains("Executing") && !line.contains("invoking"));
    assertThat(result.exitCode()).as(result.err()).isEqualTo(status);
    assertThat(result.err()).contains(" Cancelled: ");
    assertThat(temporary).isEmptyDirectory();
    try (var beside = Files.list(directory)) {
      assertThat(beside.map(p -> p.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".stretcher"));
    }
    return result;
  }
}
