package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartIT {
  @TempDir Path directory;

  @Test
  void theQuickStartDeploysTwoVersionsAndRefusesAThird() throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    Shell shell =
        Shell.in(directory)
            .with("STRETCHER", Launcher.path().toString())
            .with("JAVA_HOME", System.getProperty("java.home"))
            .with("TMPDIR", temporary.toString());

    Shell.Result result =
        shell.run("bash", Repository.root().resolve("examples/quickstart.sh").toString());

    assertThat(result.status()).as(result.output()).isZero();
    assertThat(result.output())
        .contains("Guten Tag von Version 1", "Guten Tag von Version 2")
        .contains("checksum mismatch", "Nothing under WORK/srv has changed");
    assertThat(result.output().lines()).hasSizeLessThan(90);
    assertThat(temporary).isEmptyDirectory();
  }
}
