package dev.stretcher.manifest;

import dev.stretcher.internal.template.Template;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.text.Problem;
import dev.stretcher.yaml.YamlDocument;
import dev.stretcher.yaml.YamlNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the YAML form of a manifest, after the templates in it are replaced. Immutable and
 * thread-safe.
 */
public final class ManifestReader {
  private static final int MAX_PROBLEMS = 100;

  private final Map<String, String> environment;
  private final Options limits;

  /**
   * Creates a reader.
   *
   * @param environment the variables that {@code {{ env }}} and {@code {{ must_env }}} see, in
   *     Unicode
   */
  public ManifestReader(Map<String, String> environment) {
    this(environment, Options.DEFAULT);
  }

  /**
   * Creates a reader.
   *
   * @param environment the same
   * @param limits what is refused
   */
  public ManifestReader(Map<String, String> environment, Options limits) {
    this.environment = Map.copyOf(environment);
    this.limits = limits;
  }

  /**
   * A manifest that was read.
   *
   * @param manifest the manifest
   * @param warnings oddities that do not stop a deploy, such as an unknown key
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
   * @param yaml its text, in UTF-8; of several documents the first one counts
   * @throws ManifestException with all problems, if it is not one
   */
  public Result read(byte[] yaml) throws ManifestException {
    Reading reading = examine(yaml);
    return new Result(reading.manifest(), reading.warnings());
  }

  /**
   * What was found in a text that has the form of a manifest, whether or not it is a valid one.
   *
   * @param values the values that are right
   * @param problems what is wrong in the text; empty if it is a manifest
   * @param warnings what is odd in the text
   */
  public record Reading(ManifestValues values, List<Problem> problems, List<Problem> warnings) {
    /** Copies the lists. */
    public Reading {
      problems = List.copyOf(problems);
      warnings = List.copyOf(warnings);
    }

    /**
     * Returns the manifest.
     *
     * @throws ManifestException with all problems, if the text is not a manifest
     */
    public Manifest manifest() throws ManifestException {
      if (!problems.isEmpty()) {
        throw new ManifestException(problems);
      }
      return Manifest.of(values);
    }
  }

  /**
   * Reads as much of a text as can be read.
   *
   * @param yaml its text, in UTF-8; of several documents the first one counts
   * @throws ManifestException if the text does not even have the form of a manifest, a mapping in
   *     YAML
   */
  public Reading examine(byte[] yaml) throws ManifestException {
    if (yaml.length > limits.get(Settings.MAX_MANIFEST)) {
      throw failure(tooLong(limits));
    }
    List<Problem> problems = new ArrayList<>();
    List<Problem> warnings = new ArrayList<>();
    String text = new Template(environment, limits, problems).expand(decode(yaml));
    stopAt(problems);
    Optional<YamlNode> root = YamlDocument.read(text, limits, problems);
    stopAt(root.isPresent() ? List.of() : problems);
    ManifestValues values = values(root, problems, warnings);
    return new Reading(values, inOrder(problems), inOrder(warnings));
  }

  private static ManifestValues values(
      Optional<YamlNode> root, List<Problem> problems, List<Problem> warnings)
      throws ManifestException {
    if (root.isEmpty() || (root.get() instanceof YamlNode.Scalar scalar && scalar.isNull())) {
      throw failure("it is empty; a manifest has at least src or commands");
    }
    if (root.get() instanceof YamlNode.Mapping mapping) {
      return new KeyReader(mapping, problems, warnings).read();
    }
    throw failure("it must be a mapping with keys such as src and dest, not " + root.get().kind());
  }

  /** Says that a manifest is longer than allowed. */
  public static String tooLong(Options limits) {
    return "it has %s; is this the archive's URL?"
        .formatted(limits.exceeded(Settings.MAX_MANIFEST));
  }

  private static String decode(byte[] yaml) throws ManifestException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(yaml)).toString();
    } catch (CharacterCodingException e) {
      throw failure(NoText.text(yaml) + ". Or is this the archive's URL?");
    }
  }

  private static void stopAt(List<Problem> problems) throws ManifestException {
    if (!problems.isEmpty()) {
      throw new ManifestException(inOrder(problems));
    }
  }

  private static List<Problem> inOrder(List<Problem> problems) {
    return problems.stream()
        .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
        .limit(MAX_PROBLEMS)
        .toList();
  }

  private static ManifestException failure(String message) {
    return new ManifestException(List.of(new Problem(0, 0, message)));
  }
}
