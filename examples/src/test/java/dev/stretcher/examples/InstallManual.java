package dev.stretcher.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The commands of the manual that tells how to install Stretcher. */
final class InstallManual {
  private InstallManual() {}

  static Path path() {
    try {
      return Repository.root().resolve("docs/how-to/install.md");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the commands of a step, whose fences are marked {@code host} and with its name. */
  static String step(String name) {
    String commands =
        Fence.in(path()).stream()
            .filter(fence -> fence.marks().equals(List.of("host", name)))
            .map(Fence::text)
            .collect(Collectors.joining());
    if (commands.isEmpty()) {
      throw new IllegalArgumentException(path() + " has no commands for the step " + name);
    }
    return commands;
  }

  /** Returns the version that the commands name. */
  static String version() {
    return step("archive").lines().findFirst().orElseThrow().replaceFirst("version=", "");
  }

  /** Returns the commands of a step that name a version, with another version. */
  static String step(String name, String version) {
    String commands = step(name);
    if (!commands.startsWith("version=")) {
      throw new IllegalArgumentException("the step " + name + " does not begin with version=");
    }
    return commands.replaceFirst("version=.*", "version=" + version);
  }
}
