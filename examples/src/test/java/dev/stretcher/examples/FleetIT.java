package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetIT {
  @TempDir Path directory;

  @Test
  void threeAgentsFollowTwoVersionsAndTheWayBack() throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    Shell shell = Shell.ofExamples(directory, temporary);

    Shell.Result result =
        shell.run("bash", Repository.root().resolve("examples/fleet.sh").toString());

    assertThat(result.status()).as(result.output()).isZero();
    assertThat(result.output())
        .contains("shop: 2.0: 3 of 3 hosts have it", "generation 3, after 2.0")
        .containsSubsequence(
            "Hello from version 1.0", "Hello from version 2.0", "Hello from version 1.0");
    assertThat(temporary).isEmptyDirectory();
  }
}
