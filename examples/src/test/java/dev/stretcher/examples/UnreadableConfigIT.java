package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What users may do on a host whose configuration is for root's eyes. */
@Timeout(120)
class UnreadableConfigIT {
  private static final String CONFIG = "/etc/stretcher/config.yml";

  @TempDir private Path directory;
  private ScratchHost host;

  @BeforeEach
  void makeTheHost() throws Exception {
    Tools.require("setpriv");
    host = ScratchHost.over(Files.createDirectory(directory.resolve("host")));
    Path installed = Files.createDirectory(host.path("/opt/stretcher"));
    host.run("mkdir -p /etc/stretcher && cd /etc/stretcher && echo 'max_event: 1' > config.yml");
    Files.setPosixFilePermissions(host.path(CONFIG), PosixFilePermissions.fromString("rw-r-----"));
    Process copy =
        new ProcessBuilder(
                "cp", "-r", Launcher.path().getParent().getParent() + "/.", installed.toString())
            .start();
    assertThat(copy.waitFor()).isZero();
    Files.writeString(host.path("/tmp/m.yml"), "commands: {pre: [touch /tmp/ran]}\n");
  }

  @AfterEach
  void forgetTheHost() throws Exception {
    host.close();
  }

  /** What a command of a user said, and its status. */
  private record Said(int status, String text) {}

  private Said asNobody(String... command) throws IOException, InterruptedException {
    List<String> line =
        new ArrayList<>(
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "env"));
    line.addAll(List.of("STRETCHER_CACHE_DIR=", "/opt/stretcher/bin/stretcher"));
    line.addAll(List.of(command));
    Process process = host.program(line.toArray(String[]::new)).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), text);
  }

  @Test
  void letsThemLookWithAWarningAndNotDeploy() throws Exception {
    String refusal = "the configuration " + CONFIG + " cannot be used: uid 65534 may not read it";

    Said check = asNobody("check", "/tmp/m.yml");
    assertThat(check.status()).as(check.text()).isZero();
    assertThat(check.text())
        .startsWith("Warning: " + refusal)
        .contains("chmod a+r", "nothing that is said there counts for stretcher check")
        .endsWith("ok\n");

    Said version = asNobody("version");
    assertThat(version.status()).isZero();
    assertThat(version.text()).contains(CONFIG + " (stretcher doctor says why it is not used)");

    Said deploy = asNobody("deploy", "file:///tmp/m.yml");
    assertThat(deploy.status()).isEqualTo(2);
    assertThat(deploy.text()).startsWith("stretcher: " + refusal);
    assertThat(host.path("/tmp/ran")).doesNotExist();

    Said named = asNobody("check", "--config=" + CONFIG, "/tmp/m.yml");
    assertThat(named.status()).isEqualTo(2);
  }
}
