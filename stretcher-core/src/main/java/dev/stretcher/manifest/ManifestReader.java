package dev.stretcher.manifest;

import java.util.List;
import java.util.Map;

/** Reads the YAML form of a manifest. Immutable and thread-safe. */
public final class ManifestReader {
  /** A manifest longer than this many bytes is refused. */
  public static final int MAX_BYTES = 1 << 20;

  private final Map<String, String> environment;

  /**
   * Creates a reader.
   *
   * @param environment the variables that {@code {{ env }}} and {@code {{ must_env }}} see, in
   *     Unicode
   */
  public ManifestReader(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * A manifest that was read.
   *
   * @param manifest the manifest
   * @param warnings what is odd in it but does not stop a deploy, such as an unknown key
   */
  public record Result(Manifest manifest, List<Problem> warnings) {
    /** Copies the list. */
    public Result {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Reads a manifest.
   *
   * @param yaml its text, in UTF-8
   * @throws ManifestException with all problems, if it is not one
   */
  public Result read(byte[] yaml) throws ManifestException {
    if (yaml.length > 1) {
      throw new ManifestException(List.of(new Problem(0, 0, "not written yet" + environment)));
    }
    return new Result(new Manifest(java.util.Optional.empty(), Commands.NONE, Map.of()), List.of());
  }
}
