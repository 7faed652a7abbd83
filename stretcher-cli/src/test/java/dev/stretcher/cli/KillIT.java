package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at the packaged launcher at random instants of an update by {@code tree}: each file is
 * the old one or the new one, and the next deploy finishes the job and leaves nothing behind.
 * {@code -Dstretcher.kills=200} kills more often than the default; the seed is printed, and taken
 * from {@code -Dstretcher.seed}.
 */
class KillIT {
  private static final int KILLS = Integer.getInteger("stretcher.kills", 8);
  private static final long SEED = Long.getLong("stretcher.seed", System.nanoTime());
  private static final int FILES = 1000;

  @TempDir private Path directory;
  private Path temporary;
  private Path old;
  private Path fresh;
  private TestApp app;
  private URI manifest;
  private int killedInTime;
  private int half;
  private long wholeNanos;
  private long syncNanos;

  @BeforeEach
  void makeTwoVersions() throws Exception {
    Tools.require("rsync");
    temporary = Files.createDirectory(directory.resolve("tmp"));
    old = directory.resolve("old");
    fresh = directory.resolve("fresh");
    for (int i = 0; i < FILES; i++) {
      write(old, i, "old");
      // Most are replaced, some stay, some go, some are new.
      write(fresh, i % 10 == 0 ? i + FILES : i, i % 10 == 1 ? "old" : "fresh");
    }
    app = new TestApp(directory);
    TestApp.exec("tar", "-czf", app.archive().toString(), "-C", fresh.toString(), ".");
    manifest = app.manifest("sync_strategy: tree");
  }

  private static void write(Path tree, int i, String version) throws IOException {
    Path file = tree.resolve("d" + i % 50).resolve("e" + i % 7).resolve("f" + i);
    Files.createDirectories(file.getParent());
    Files.writeString(file, version + " " + i + "\n".repeat(i % 100));
    Files.setLastModifiedTime(
        file,
        java.nio.file.attribute.FileTime.fromMillis(version.equals("old") ? 1_000_000 : 2_000_000));
  }

  @Test
  void eachFileIsOldOrNewAndTheNextDeployConverges() throws Exception {
    System.out.println("stretcher.seed=" + SEED);
    Random random = new Random(SEED);
    measure();
    for (int i = 0; i < KILLS; i++) {
      TestApp.exec("rsync", "-a", "--delete", old + "/", app.dest() + "/");

      kill(random);

      assertEachFileIsOldOrNew();
      deploy();
      assertThat(difference()).isEmpty();
      assertNothingIsLeftBehind();
    }
    System.out.printf(
        "%d of %d deploys were killed before their end, %d of them with dest half updated%n",
        killedInTime, KILLS, half);
    assertThat(killedInTime).isPositive();
  }

  /** Kills a deploy: one in four anywhere, the others while it syncs. */
  private void kill(Random random) throws Exception {
    boolean anywhere = random.nextInt(4) == 0;
    Running deploy = start();
    if (!anywhere) {
      deploy.extracted().get(60, TimeUnit.SECONDS);
    }
    long bound = (anywhere ? wholeNanos : syncNanos) * 5 / 4;
    boolean ended = deploy.process().waitFor(random.nextLong(bound), TimeUnit.NANOSECONDS);
    killedInTime += ended ? 0 : 1;
    deploy.process().toHandle().destroyForcibly();
    deploy.end();
  }

  /** Deploys once, to know how long that takes. */
  private void measure() throws Exception {
    TestApp.exec("rsync", "-a", "--delete", old + "/", app.dest() + "/");
    long start = System.nanoTime();
    Running deploy = start();
    deploy.extracted().get(60, TimeUnit.SECONDS);
    long extracted = System.nanoTime();
    assertThat(deploy.end()).isZero();
    wholeNanos = System.nanoTime() - start;
    syncNanos = System.nanoTime() - extracted;
  }

  private record Running(Process process, CompletableFuture<Void> extracted, Thread reader) {
    int end() throws InterruptedException {
      int status = process.waitFor();
      reader.join();
      return status;
    }
  }

  private Running start() throws IOException {
    Process process =
        Launcher.start(Launcher.path(), List.of(), manifest.toString(), environment());
    CompletableFuture<Void> extracted = new CompletableFuture<>();
    Thread reader = new Thread(() -> readLog(process, extracted));
    reader.start();
    return new Running(process, extracted, reader);
  }

  private static void readLog(Process process, CompletableFuture<Void> extracted) {
    try (BufferedReader log =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = log.readLine(); line != null; line = log.readLine()) {
        if (line.contains("Extracted ")) {
          extracted.complete(null);
        }
      }
    } catch (IOException e) {
      // The pipe ends with the process.
      extracted.complete(null);
    }
    extracted.complete(null);
  }

  private void assertEachFileIsOldOrNew() throws IOException {
    int fresher = 0;
    try (Stream<Path> paths = Files.walk(app.dest())) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          Path relative = app.dest().relativize(path);
          String content = Files.readString(path);
          assertThat(contentsOf(relative)).as(relative.toString()).contains(content);
          fresher += content.startsWith("fresh") ? 1 : 0;
        }
      }
    }
    for (int i = 0; i < FILES; i++) {
      Path file = app.dest().resolve("d" + i % 50).resolve("e" + i % 7).resolve("f" + i);
      assertThat(i % 10 == 0 || Files.exists(file)).as(file.toString()).isTrue();
    }
    half += fresher > 0 && fresher < FILES * 9 / 10 ? 1 : 0;
  }

  private List<String> contentsOf(Path relative) throws IOException {
    Stream.Builder<String> contents = Stream.builder();
    for (Path tree : List.of(old, fresh)) {
      if (Files.exists(tree.resolve(relative))) {
        contents.add(Files.readString(tree.resolve(relative)));
      }
    }
    return contents.build().toList();
  }

  private void deploy() throws Exception {
    Cli.Result result =
        Launcher.finish(
            Launcher.start(Launcher.path(), List.of(), manifest.toString(), environment()));
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private String difference() throws Exception {
    Process rsync =
        new ProcessBuilder("rsync", "-a", "--delete", "-nic", fresh + "/", app.dest() + "/")
            .redirectErrorStream(true)
            .start();
    return new String(rsync.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private void assertNothingIsLeftBehind() throws IOException {
    assertThat(temporary).isEmptyDirectory();
    try (Stream<Path> beside = Files.list(directory)) {
      assertThat(beside.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".stretcher"));
    }
  }

  private Map<String, String> environment() {
    return Map.of("PATH", System.getenv("PATH"), "TMPDIR", temporary.toString());
  }
}
