package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What systemd says of the units, on a host that has the programs that they start. */
class UnitsIT {
  private static final String AGENT = "stretcher-agent.service";
  private static final String WATCH = "stretcher-watch@deploy.service";

  @TempDir Path root;

  @BeforeEach
  void makeAHost() throws IOException {
    Tools.require("systemd-analyze");
    Path examples = Repository.root().resolve("examples");
    Path units = Files.createDirectories(root.resolve("usr/lib/systemd/system"));
    Files.copy(examples.resolve("fleet/" + AGENT), units.resolve(AGENT));
    Files.copy(
        examples.resolve("consul/stretcher-watch@.service"),
        units.resolve("stretcher-watch@.service"));
    for (String unit : List.of("network-online.target", "multi-user.target", "sysinit.target")) {
      Files.writeString(units.resolve(unit), "[Unit]\nDescription=" + unit + "\n");
    }
    Path programs = Files.createDirectories(root.resolve("usr/bin"));
    for (String program : List.of("stretcher", "consul", "kill")) {
      Path file = Files.writeString(programs.resolve(program), "#!/bin/sh\n");
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
  }

  private Shell.Result analyze(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 2];
    command[0] = "systemd-analyze";
    command[1] = "--root=" + root;
    System.arraycopy(arguments, 0, command, 2, arguments.length);
    return Shell.in(root).with("SYSTEMD_COLORS", "0").run(command);
  }

  @Test
  void itUnderstandsEachLine() throws Exception {
    assertThat(analyze("--man=no", "verify", AGENT, WATCH)).isEqualTo(new Shell.Result(0, ""));
  }

  @Test
  void theHardenedAgentIsExposedLittle() throws Exception {
    assertThat(exposure()).isGreaterThan(70);

    Path more =
        Files.createDirectories(root.resolve("etc/systemd/system/" + AGENT + ".d"))
            .resolve("hardened.conf");
    Files.copy(Repository.root().resolve("examples/fleet/hardened.conf"), more);
    assertThat(analyze("--man=no", "verify", AGENT)).isEqualTo(new Shell.Result(0, ""));
    assertThat(exposure()).isLessThan(45);
  }

  /** Returns ten times what systemd says, from 0 to 100. */
  private int exposure() throws Exception {
    Shell.Result result = analyze("security", "--offline=yes", "--no-pager", AGENT);
    assertThat(result.status()).as(result.output()).isZero();
    return exposure(result.output());
  }

  /** Returns ten times the figure in what {@code systemd-analyze security} says. */
  static int exposure(String said) {
    String level = said.replaceAll("(?s).*Overall exposure level[^:]*: ([0-9.]+) .*", "$1");
    return Integer.parseInt(level.replace(".", ""));
  }
}
