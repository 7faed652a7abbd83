package dev.stretcher.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.contract.Condition;
import dev.stretcher.release.Release;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that uses a release keeps it. */
class ReleaseUsersTest {
  @TempDir private Path directory;
  private final List<Process> started = new ArrayList<>();
  private ReleaseFixture shop;
  private Release old;

  @BeforeEach
  void deploy() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/maps")), "there is no /proc");
    shop = new ReleaseFixture(directory).keeping(1);
    old = shop.prepare("old");
    shop.syncer().activate(shop.target(), old);
    shop.syncer().mark(shop.target(), old, Release.State.GOOD);
  }

  @AfterEach
  void end() throws Exception {
    for (Process each : started) {
      each.destroyForcibly().waitFor();
    }
  }

  /** Starts a process that has said something when this returns. */
  private long start(String line) throws Exception {
    Process process = new ProcessBuilder("sh", "-c", line).redirectErrorStream(true).start();
    started.add(process);
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String first = said.readLine();
    assumeTrue("ready".equals(first), () -> "it cannot be started: " + first);
    return process.pid();
  }

  private void assertIsKeptBy(long pid) throws Exception {
    assertThat(shop.syncer().use(old).processes())
        .singleElement()
        .asString()
        .startsWith(pid + " (");
    shop.deploy("2");
    shop.deploy("3");

    assertThat(shop.syncer().prune(shop.target())).isEmpty();

    assertThat(shop.ids()).contains(old.id());
    assertThat(shop.output)
        .anyMatch(line -> line.contains("release-old stays") && line.contains("" + pid));
    end();
    assertThat(shop.syncer().prune(shop.target()))
        .extracting(Release::id)
        .containsExactly(old.id());
  }

  @Test
  void byItsWorkingDirectory() throws Exception {
    assertIsKeptBy(start("cd '" + shop.dest + "/current/lib' && echo ready && read x"));
  }

  @Test
  void byAnOpenFile() throws Exception {
    assertIsKeptBy(start("exec 9<'" + shop.dest + "/current/version' && echo ready && read x"));
  }

  @Test
  void byAProgramThatIsMapped() throws Exception {
    Path sleep = Path.of("/bin/sleep");
    assumeTrue(Files.isExecutable(sleep), "there is no sleep");
    Files.copy(sleep, old.directory().resolve("daemon"));
    String daemon = shop.dest + "/current/daemon";
    Process process = new ProcessBuilder(daemon, "600").start();
    started.add(process);
    Condition.await(() -> process.info().command().orElse("").endsWith("daemon"));

    assertIsKeptBy(process.pid());
  }

  /** In a container, the directory has another path. */
  @Test
  void inAnotherMountNamespace() throws Exception {
    Path app = Files.createDirectory(directory.resolve("app"));
    assertIsKeptBy(
        start(
            "exec unshare -m --propagation private sh -c \"mount --bind '%s/releases' '%s' && cd '%s/release-old/lib' && echo ready && read x\""
                .formatted(shop.dest, app, app)));
  }

  @Test
  void aReleaseOfASimilarNameIsNotMeant() throws Exception {
    Files.createDirectories(directory.resolve("shop/releases/release-older"));
    start("cd '" + shop.dest + "/releases/release-older' && echo ready && read x");

    assertThat(shop.syncer().use(old).processes()).isEmpty();
  }
}
