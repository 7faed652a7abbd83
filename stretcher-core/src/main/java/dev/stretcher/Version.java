package dev.stretcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The version of this build. */
final class Version {
  private Version() {}

  static String read() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("stretcher.properties")) {
      properties.load(Objects.requireNonNull(in, "stretcher.properties is missing in the jar"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Objects.requireNonNull(properties.getProperty("version"));
  }
}
