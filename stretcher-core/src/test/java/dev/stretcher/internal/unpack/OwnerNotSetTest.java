package dev.stretcher.internal.unpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.contract.Tools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Root that may not give files away, as in a container without CAP_CHOWN. */
@Timeout(60)
class OwnerNotSetTest {
  @TempDir Path temp;

  @Test
  void theEntryAndTheOwnerAreNamed() throws Exception {
    Tools.require("setpriv");
    assumeTrue(Files.getAttribute(temp, "unix:uid").equals(0), "only root may lack a capability");
    Shell.run(
        temp,
        "mkdir root; echo a > f; tar --owner=nobodyknows:12345 --group=:0 --numeric-owner"
            + " -cf a.tar f");

    Process process =
        new ProcessBuilder(
                "setpriv",
                "--bounding-set=-chown",
                "--inh-caps=-chown",
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ExtractMain.class.getName(),
                "a.tar",
                "root")
            .directory(temp.toFile())
            .redirectErrorStream(true)
            .start();

    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("OwnerNotSetException: archive entry 'f': its owner cannot be set to 12345")
        .contains("Operation not permitted");
  }
}
