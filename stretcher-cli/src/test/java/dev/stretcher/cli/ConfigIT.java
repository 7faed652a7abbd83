package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.contract.Tools;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The configuration of an agent that runs as a user of its own, or in another directory. */
@Timeout(120)
class ConfigIT {
  private static final int NOBODY = 65534;
  private static final int OTHER = 65533;
  private static final List<String> AS_NOBODY =
      List.of("--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "bash");

  @TempDir Path directory;
  private Path config;
  private boolean root;
  private URI manifest;

  @BeforeEach
  void place() throws Exception {
    directory = directory.toRealPath();
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    config = AgentFixture.trusted(directory.resolve("config.yml"), "allow_dest: [/srv/only]\n");
    root = Files.getAttribute(config, "unix:uid").equals(0);
    TestApp app = new TestApp(directory).file("f", "x").pack();
    manifest = app.manifest("");
  }

  /** Runs a script of a shell that finds the launcher in {@code $0}; as nobody if wanted. */
  private Cli.Result shell(boolean asNobody, String script) throws Exception {
    Path launcher = Launcher.path();
    if (asNobody) {
      Tools.require("setpriv");
      assumeTrue(root, "only root can become others");
      launcher = installation().resolve("bin/stretcher");
    }
    List<String> args = new ArrayList<>(asNobody ? AS_NOBODY : List.of());
    args.addAll(List.of("-c", script, launcher.toString()));
    return Launcher.finish(
        Launcher.start(
            Path.of(asNobody ? "setpriv" : "bash"),
            args,
            "",
            Map.of("PATH", System.getenv("PATH"), "STRETCHER_CONFIG", "")));
  }

  private Path installation() throws Exception {
    Path copy = directory.resolve("installation");
    if (!Files.exists(copy)) {
      TestApp.exec("cp", "-r", Launcher.path().getParent().getParent() + "/.", copy.toString());
      TestApp.exec("chmod", "-R", "a+rX", copy.toString());
    }
    return copy;
  }

  private Cli.Result check(boolean asNobody, Object named) throws Exception {
    return shell(
        asNobody,
        "cd %s && exec \"$0\" check --config=%s %s".formatted(directory, named, manifest));
  }

  private static void assertRead(Cli.Result result) {
    assertThat(result.err()).contains("allow_dest");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  private static void assertRefused(Cli.Result result, String... said) {
    assertThat(result.err()).contains("cannot be used: ").contains(said).hasLineCount(1);
    assertThat(result.exitCode()).isEqualTo(2);
  }

  @Test
  void aUserTrustsRootAndItself() throws Exception {
    assertRead(check(true, config));
    Files.setAttribute(config, "unix:uid", NOBODY);
    assertRead(check(true, config));
    assertRefused(check(false, config), "belongs to nobody", "chown root " + config);
    Files.setAttribute(config, "unix:uid", OTHER);
    assertRefused(check(true, config), "uid 65533");
  }

  @Test
  void whatAUserMayNotReadIsNotTakenForAbsent() throws Exception {
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
    assertRefused(check(true, config), "uid 65534 may not read it", "chmod a+r " + config);
    Path closed = Files.createDirectory(directory.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    assertRefused(
        check(true, closed.resolve("config.yml")),
        closed + ": uid 65534 may not look into it",
        "chmod a+x " + closed);
  }

  @Test
  void aRelativeNameIsLookedAtFromTheWorkingDirectory() throws Exception {
    assertRead(check(false, "config.yml"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxr-x"));
    assertRefused(check(false, "config.yml"), directory + ": group", "chmod go-w " + directory);
  }

  @Test
  void whatAShellPassesAsAPipeIsRefusedAndNotWaitedFor() throws Exception {
    assertRefused(
        check(false, "<(exec cat /dev/zero 2>/dev/null)"), "it leads to something without a name");
    Cli.Result input = shell(false, "yes | \"$0\" check --config=/dev/stdin " + manifest);
    assertRefused(input, "it leads to something without a name");
  }
}
