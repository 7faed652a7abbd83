package dev.stretcher.examples;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The launcher that this build has packaged. */
final class Launcher {
  private Launcher() {}

  static Path path() throws IOException {
    Path launcher = Repository.root().resolve("stretcher-cli/target/stretcher/bin/stretcher");
    if (!Files.isExecutable(launcher)) {
      fail(launcher + " is missing; run mvn -q -DskipTests package first");
    }
    return launcher;
  }
}
