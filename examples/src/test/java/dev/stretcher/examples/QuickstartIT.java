package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartIT {
  @TempDir Path directory;

  @Test
  void theQuickStartDeploysTwoVersionsRollsBackAndRefusesAThird() throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    Shell shell = Shell.ofExamples(directory, temporary);

    Shell.Result result =
        shell.run("bash", Repository.root().resolve("examples/quickstart.sh").toString());

    assertThat(result.status()).as(result.output()).isZero();
    assertThat(result.output())
        .contains("Guten Tag von Version 1", "Guten Tag von Version 2")
        .contains("Rolled back from release 2.0 to 1.0", "Rolled back from release 2.1 to 1.0")
        .contains("WORK/srv/releases: 1.0 is live and good")
        .contains("checksum mismatch", "Nothing under WORK/srv has changed");
    assertThat(result.output().lines()).hasSizeLessThan(190);
    assertThat(temporary).isEmptyDirectory();
  }
}
