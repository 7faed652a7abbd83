package dev.stretcher.sync.internal.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.contract.Tools;
import dev.stretcher.sync.internal.directory.Privilege;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Syncs random trees and compares dest with what {@code rsync -a --delete} makes of the same.
 * {@code -Dstretcher.campaign=N} runs N times as many, {@code -Dstretcher.seed=N} the ones from
 * that seed.
 */
class TreeDifferentialTest {
  private static final int CASES = 100;
  private static final Path MEMORY = Path.of("/dev/shm");

  private Path directory;

  @BeforeEach
  void createDirectory() throws IOException {
    Tools.require("rsync");
    Path parent = Files.isWritable(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    directory = Files.createTempDirectory(parent, "stretcher-differential-");
    Files.setAttribute(directory, "unix:mode", 0777);
  }

  @AfterEach
  void removeDirectory() throws IOException, InterruptedException {
    if (directory != null) {
      run("rm", "-rf", directory.toString());
    }
  }

  @Test
  void leavesWhatRsyncLeaves() throws Exception {
    assertThat(DifferentialMain.run(seed(), cases(), directory)).isEmpty();
  }

  @Test
  void leavesWhatRsyncLeavesForANormalUser() throws Exception {
    assumeTrue(
        Privilege.ofThisProcess() == Privilege.ROOT,
        "becoming another user takes root; as one, the other test shows it");
    Tools.require("setpriv");
    Path classes = readableClassPath();
    Path work = Files.createDirectory(directory.resolve("work"));
    Files.setAttribute(work, "unix:mode", 0777);

    String output =
        run(
            "setpriv",
            "--reuid=65534",
            "--regid=65534",
            "--clear-groups",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            classes + File.pathSeparator + classes + "/*",
            DifferentialMain.class.getName(),
            Long.toString(seed()),
            Integer.toString(cases()),
            work.toString());

    assertThat(output).isEmpty();
  }

  private static int cases() {
    return CASES * Integer.getInteger("stretcher.campaign", 1);
  }

  private static long seed() {
    // Each case has a seed of its own, from this one on.
    long seed = Long.getLong("stretcher.seed", System.currentTimeMillis());
    System.out.println("stretcher.seed=" + seed);
    return seed;
  }

  /** Copies the classes to where another user can read them. */
  private Path readableClassPath() throws IOException, InterruptedException {
    Path copy = Files.createDirectory(directory.resolve("classes"));
    for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(element);
      if (Files.isDirectory(path)) {
        run("cp", "-r", path + "/.", copy.toString());
      } else if (element.matches(".*/(stretcher-|commons-codec|jspecify)[^/]*jar")) {
        Files.copy(path, copy.resolve(path.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    run("chmod", "-R", "a+rX", copy.toString());
    return copy;
  }

  private String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    assertThat(status == 0 || !output.isEmpty()).as("status " + status).isTrue();
    return output;
  }
}
