package dev.stretcher.examples;

import java.io.IOException;
import java.nio.file.Files;

/** The list of libraries for programs, which Maven makes only if it is online. */
final class Sbom {
  private Sbom() {}

  /** Tells whether there is none, where that is no failure. */
  static boolean isLeftOut() throws IOException {
    return !Boolean.getBoolean("stretcher.it.required")
        && Files.notExists(Repository.root().resolve("stretcher-cli/target/stretcher/sbom.json"));
  }
}
