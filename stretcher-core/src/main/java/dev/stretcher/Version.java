package dev.stretcher;

import java.util.Objects;

/** The version of this build. */
final class Version {
  private Version() {}

  /** Reads it from the manifest of our jar; classes that are in no jar have none. */
  static String read() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "development");
  }
}
