package dev.stretcher.cli;

import dev.stretcher.manifest.Digest.Algorithm;
import dev.stretcher.policy.Policy;
import dev.stretcher.policy.TrustedKey;
import dev.stretcher.policy.UrlPrefix;
import dev.stretcher.text.NativeText;
import dev.stretcher.yaml.Fields;
import dev.stretcher.yaml.Problem;
import dev.stretcher.yaml.YamlNode;
import dev.stretcher.yaml.YamlNode.Scalar;
import dev.stretcher.yaml.YamlNode.Sequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.commons.cli.Option;

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
          "run_as");

  private final Fields fields;
  private final List<Problem> problems;
  private final Map<String, Option> flags = flags();

  ConfigFields(YamlNode.Mapping mapping, List<Problem> problems) {
    Set<String> known = new TreeSet<>(RULES);
    known.addAll(flags.keySet());
    this.fields = Fields.of(mapping, "", known, problems, problems);
    this.problems = problems;
    RULES.forEach(this::requireSomething);
  }

  /** A rule that is there and says nothing is a mistake that would allow everything. */
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

  private static Map<String, Option> flags() {
    Map<String, Option> flags = new LinkedHashMap<>();
    for (Option flag : Flags.common().getOptions()) {
      if (!Flags.NOT_IN_CONFIG.contains(flag)) {
        flags.put(key(flag), flag);
      }
    }
    return flags;
  }

  /** Returns what a flag is called in a configuration. */
  static String key(Option flag) {
    return flag.getLongOpt().replace('-', '_');
  }

  Config config() {
    Policy policy =
        new Policy(
            list("allow_manifests", UrlPrefix::parse),
            list("allow_sources", UrlPrefix::parse),
            list("allow_dest", ConfigFields::directory),
            checksum(),
            list("require_signature", TrustedKey::parse));
    return new Config(arguments(), policy, fields.scalar("run_as").map(Scalar::text));
  }

  private List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    flags.forEach(
        (key, flag) -> {
          List<Scalar> values =
              flag.equals(Flags.HTTP_HEADER)
                  ? fields.list(key)
                  : fields.text(key).map(List::of).orElse(List.of());
          values.forEach(value -> arguments.add("--" + flag.getLongOpt() + "=" + value.text()));
        });
    return arguments;
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
