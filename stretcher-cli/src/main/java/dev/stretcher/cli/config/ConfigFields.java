package dev.stretcher.cli.config;

import dev.stretcher.cli.flag.AgentSettings;
import dev.stretcher.cli.flag.Flag;
import dev.stretcher.cli.flag.FleetSettings;
import dev.stretcher.cli.flag.Given;
import dev.stretcher.manifest.Digest.Algorithm;
import dev.stretcher.option.Options;
import dev.stretcher.option.Setting;
import dev.stretcher.option.Settings;
import dev.stretcher.policy.Policy;
import dev.stretcher.policy.TrustedKey;
import dev.stretcher.policy.UrlPrefix;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.Problem;
import dev.stretcher.yaml.Fields;
import dev.stretcher.yaml.YamlNode;
import dev.stretcher.yaml.YamlNode.Scalar;
import dev.stretcher.yaml.YamlNode.Sequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The keys of a configuration. A flag {@code --retry-wait} is the key {@code retry_wait}; one that
 * may be repeated is a list.
 */
final class ConfigFields {
  private static final Set<String> RULES =
      Set.of(
          "allow_manifests",
          "allow_sources",
          "allow_dest",
          "require_checksum",
          "require_signature",
          "run_as",
          "secret_env");

  private final Fields fields;
  private final List<Problem> problems;

  ConfigFields(YamlNode.Mapping mapping, List<Problem> problems) {
    Set<String> known = new TreeSet<>(RULES);
    AgentSettings.CONFIGURABLE.forEach(setting -> known.add(Flag.key(setting)));
    FleetSettings.CONFIGURABLE.forEach(setting -> known.add(Flag.key(setting)));
    this.fields = Fields.of(mapping, "", known, problems, problems);
    this.problems = problems;
    RULES.forEach(this::requireSomething);
  }

  /** A rule without a value is a mistake that would allow everything. */
  private void requireSomething(String key) {
    boolean empty = fields.node(key).filter(node -> !isEmpty(node)).isEmpty();
    if (fields.isGiven(key) && empty) {
      problems.add(new Problem(0, 0, key + " is empty; remove it, or say what is allowed"));
    }
  }

  private static boolean isEmpty(YamlNode node) {
    return node instanceof Sequence sequence && sequence.items().isEmpty()
        || node instanceof Scalar scalar && scalar.text().isBlank();
  }

  Config config() {
    Policy policy =
        new Policy(
            list("allow_manifests", UrlPrefix::parse),
            list("allow_sources", UrlPrefix::parse),
            list("allow_dest", ConfigFields::directory),
            checksum(),
            list("require_signature", TrustedKey::parse));
    return new Config(options(), policy);
  }

  private Options options() {
    Options options = Options.DEFAULT;
    for (Setting<?> setting : AgentSettings.CONFIGURABLE) {
      options = with(options, setting);
    }
    for (Setting<?> setting : FleetSettings.CONFIGURABLE) {
      options = with(options, setting);
    }
    return with(with(options, Settings.RUN_AS), Settings.SECRET_ENV);
  }

  private Options with(Options options, Setting<?> setting) {
    String key = Flag.key(setting);
    List<Scalar> values =
        Flag.isRepeated(setting)
            ? fields.list(key)
            : fields.text(key).map(List::of).orElse(List.of());
    if (values.isEmpty()) {
      return options;
    }
    try {
      return Given.with(options, setting, values.stream().map(Scalar::text).toList());
    } catch (IllegalArgumentException e) {
      fields.problem(values.get(0), key + ": " + e.getMessage());
      return options;
    }
  }

  private <T> List<T> list(String key, Function<String, T> reading) {
    List<T> values = new ArrayList<>();
    for (Scalar item : fields.list(key)) {
      try {
        values.add(reading.apply(item.text()));
      } catch (IllegalArgumentException e) {
        fields.problem(item, key + ": " + e.getMessage());
      }
    }
    return values;
  }

  private static Path directory(String text) {
    Path path = NativeText.path(text);
    if (!path.isAbsolute()) {
      throw new IllegalArgumentException("'" + text + "' must be absolute, such as /srv");
    }
    return path.normalize();
  }

  private Optional<Algorithm> checksum() {
    Optional<Scalar> given = fields.scalar("require_checksum");
    for (Algorithm algorithm : List.of(Algorithm.SHA256, Algorithm.SHA512)) {
      if (given.filter(name -> name.text().equalsIgnoreCase(algorithm.name())).isPresent()) {
        return Optional.of(algorithm);
      }
    }
    given.ifPresent(
        name ->
            fields.problem(name, "require_checksum must be sha256 or sha512, not " + name.shown()));
    return Optional.empty();
  }
}
