package dev.stretcher.internal.engine;

import java.util.Objects;

/** The version of this build. */
public final class Version {
  private Version() {}

  /** Reads it from the manifest of our jar; classes that are in no jar have none. */
  public static String read() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "development");
  }
}
