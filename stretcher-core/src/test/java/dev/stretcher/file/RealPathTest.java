package dev.stretcher.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealPathTest {
  @TempDir private Path directory;

  @Test
  void isTrueOfPathsAndLinksWhetherOrNotTheyExist() throws Exception {
    Path app = Files.createDirectory(directory.resolve("app"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), app);

    assertThat(RealPath.isTrueOf(app)).isTrue();
    assertThat(RealPath.isTrueOf(link)).isTrue();
    assertThat(RealPath.isTrueOf(link.resolve("not/there/yet"))).isTrue();
    assertThat(RealPath.isTrueOf(directory.resolve("none"))).isTrue();
  }

  @Test
  void isNotTrueOfWhatAProcessInAnotherMountNamespaceSees() throws Exception {
    Path volume = Files.createDirectory(directory.resolve("volume"));
    Process other =
        new ProcessBuilder(
                "unshare",
                "-m",
                "sh",
                "-c",
                "mount -t tmpfs tmpfs '%s' && mkdir '%s/app' && echo && read line"
                    .formatted(volume, volume))
            .start();
    try {
      assumeTrue(other.getInputStream().read() == '\n', "only root has a mount namespace");
      Files.createDirectory(volume.resolve("app"));
      Path seen = Path.of("/proc/" + other.pid() + "/root");
      Path app = seen.resolve(Path.of("/").relativize(volume.toRealPath().resolve("app")));

      assertThat(RealPath.isTrueOf(app)).isFalse();
      assertThat(RealPath.isTrueOf(app.resolve("below"))).isFalse();
      assertThat(RealPath.isTrueOf(Path.of("/proc/self/root" + volume))).isTrue();
    } finally {
      other.destroy();
      other.waitFor();
    }
  }
}
