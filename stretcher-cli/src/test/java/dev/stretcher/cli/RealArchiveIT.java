package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A real archive by tree and by rsync: afterwards dest is what {@code tar xpf} and {@code rsync -a
 * --delete} make of it. {@code -Dstretcher.archive.megabytes=200} has the size that people deploy.
 */
class RealArchiveIT {
  private static final int MEGABYTES = Integer.getInteger("stretcher.archive.megabytes", 8);

  @TempDir private Path directory;
  private TestApp app;

  @BeforeEach
  void packAnApplication() throws Exception {
    Tools.require("rsync");
    app = new TestApp(directory);
    grow(directory.resolve("tree"), 1);
    pack();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tree", "rsync"})
  void destEqualsWhatTarAndRsyncMake(String strategy) throws Exception {
    deploy(strategy);
    assertSameAsTools();

    Files.writeString(app.dest().resolve("left-over"), "x");
    Files.delete(directory.resolve("tree/d0/f0"));
    grow(directory.resolve("tree/new"), 2);
    pack();

    deploy(strategy);
    assertSameAsTools();
  }

  private void grow(Path tree, long seed) throws IOException {
    Random random = new Random(seed);
    byte[] content = new byte[50_000];
    for (int i = 0; i < MEGABYTES * 20; i++) {
      Path file = tree.resolve("d" + i % 40).resolve("f" + i);
      Files.createDirectories(file.getParent());
      random.nextBytes(content);
      Files.write(file, content);
    }
    Files.createSymbolicLink(tree.resolve("current"), Path.of("d0"));
    Files.setAttribute(tree.resolve("d1/f1"), "unix:mode", 04755);
  }

  private void pack() throws Exception {
    String tree = directory.resolve("tree").toString();
    TestApp.exec("tar", "-czf", app.archive().toString(), "-C", tree, ".");
  }

  private void deploy(String strategy) throws Exception {
    Map<String, String> environment = new TreeMap<>(Map.of("PATH", System.getenv("PATH")));
    Process process =
        Launcher.start(
            Launcher.path(),
            List.of(),
            app.manifest("sync_strategy: " + strategy).toString(),
            environment);
    Cli.Result result = Launcher.finish(process);
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private void assertSameAsTools() throws Exception {
    Path unpacked = Files.createDirectories(directory.resolve("unpacked"));
    Path expected = directory.resolve("expected");
    TestApp.exec("tar", "-xpf", app.archive().toString(), "-C", unpacked.toString());
    TestApp.exec("rsync", "-a", "--delete", "--", unpacked + "/", expected + "/");
    // Checksums, and all that -a preserves; it prints what it would have to change.
    Process difference =
        new ProcessBuilder(
                "rsync", "-a", "--delete", "-n", "-i", "-c", expected + "/", app.dest() + "/")
            .redirectErrorStream(true)
            .start();
    assertThat(
            new String(
                difference.getInputStream().readAllBytes(),
                java.nio.charset.StandardCharsets.UTF_8))
        .isEmpty();
    assertThat(difference.waitFor()).isZero();
    TestApp.exec("rm", "-rf", unpacked.toString());
  }
}
