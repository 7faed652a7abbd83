package dev.stretcher.sync.internal.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.contract.Tools;
import dev.stretcher.sync.internal.directory.Privilege;
import dev.stretcher.sync.internal.tree.DifferentialCase;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tree that is staged on another file system than dest, so that nothing can be renamed. */
class CrossDeviceTest {
  private static final Path OTHER = Path.of("/dev/shm");

  @TempDir private Path directory;
  private Path other;

  @BeforeEach
  void createDirectories() throws IOException {
    Tools.require("rsync");
    assumeTrue(
        Files.isWritable(OTHER)
            && !Files.getFileStore(OTHER).name().equals(Files.getFileStore(directory).name()),
        "it takes two file systems");
    other = Files.createTempDirectory(OTHER, "stretcher-other-");
  }

  @AfterEach
  void removeOther() throws IOException, InterruptedException {
    if (other != null) {
      new ProcessBuilder("rm", "-rf", other.toString()).start().waitFor();
    }
  }

  @Test
  void copiesWhatItCannotRename() throws Exception {
    long seed = Long.getLong("stretcher.seed", System.currentTimeMillis());
    System.out.println("stretcher.seed=" + seed);
    boolean privileged = Privilege.ofThisProcess() == Privilege.ROOT;
    for (long each : LongStream.range(seed, seed + 60).toArray()) {
      Path work = Files.createDirectory(other.resolve("case" + each));
      DifferentialCase synced =
          new DifferentialCase(each, work, directory.resolve("staged" + each), privileged);
      assertThat(synced.run()).as("stretcher.seed=" + each).isEmpty();
      assertThat(work.resolve("ours").toFile().list())
          .as("nothing is left beside dest")
          .containsExactly("dest");
    }
  }

  @Test
  void leavesAloneWhatIsMountedInTheStagedTree() throws Exception {
    Path volume = Files.createDirectory(directory.resolve("volume"));
    Files.writeString(volume.resolve("precious"), "precious");
    Path root = Files.createDirectory(directory.resolve("root"));
    Path mounted = Files.createDirectory(root.resolve("sub"));
    assumeTrue(
        isDone("mount", "--bind", volume.toString(), mounted.toString()), "only root can mount");
    try {
      assertThatThrownBy(() -> new CrossDevice(root).copy(mounted, other.resolve("copy")))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("mounted in the staged tree");
      assertThat(volume.resolve("precious")).hasContent("precious");
    } finally {
      assertThat(isDone("umount", mounted.toString())).isTrue();
    }
  }

  private static boolean isDone(String... command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
  }
}
