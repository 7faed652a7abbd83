package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A Java runtime that is a shell script, and a copy of the launcher that has what it looks at. */
final class StubJava {
  private StubJava() {}

  /** Makes a runtime whose {@code java} runs some lines; returns its home. */
  static Path home(Path home, String lines) throws IOException {
    return program(home.resolve("bin/java"), lines).getParent().getParent();
  }

  /** Makes one that tells its version, as a JDK does. */
  static Path home(Path home, String version, String lines) throws IOException {
    home(home, lines);
    Files.writeString(
        home.resolve("release"),
        "IMPLEMENTOR=\"Us\"\nJAVA_VERSION=\"%s\"\nOS=\"x\"\n".formatted(version));
    return home;
  }

  static Path program(Path file, String lines) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + lines + "\n");
    assertThat(file.toFile().setExecutable(true, false)).isTrue();
    return file;
  }

  /**
   * Installs the launcher without the agent, with other directories of the system than the real.
   */
  static Path launcher(Path home, Map<String, Object> directories) throws IOException {
    String script = Files.readString(Launcher.path());
    for (Map.Entry<String, Object> directory : directories.entrySet()) {
      assertThat(script).contains(directory.getKey());
      script = script.replace(directory.getKey(), directory.getValue().toString());
    }
    Files.createDirectories(home.resolve("lib"));
    Files.writeString(home.resolve("lib/stretcher.jar"), "");
    Path launcher = program(home.resolve("bin/stretcher"), "");
    return Files.writeString(launcher, script);
  }

  /** Runs a launcher in an environment that has nothing but what is named. */
  static Cli.Result run(Path launcher, List<String> args, Object... variables) throws Exception {
    Process process = start(launcher, args, variables);
    process.getOutputStream().close();
    return Launcher.finish(process);
  }

  static Process start(Path launcher, List<String> args, Object... variables) throws IOException {
    Map<String, String> environment = new TreeMap<>();
    environment.put("PATH", System.getenv("PATH"));
    environment.put("STRETCHER_CACHE_DIR", "");
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i].toString(), variables[i + 1].toString());
    }
    return Launcher.start(launcher, args, environment);
  }
}
