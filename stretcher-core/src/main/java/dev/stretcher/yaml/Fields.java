package dev.stretcher.yaml;

import dev.stretcher.text.Problem;
import dev.stretcher.yaml.YamlNode.Mapping;
import dev.stretcher.yaml.YamlNode.Pair;
import dev.stretcher.yaml.YamlNode.Scalar;
import dev.stretcher.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The fields of a mapping, read by name and type; wrong values become problems. */
public final class Fields {
  // Neither can be handed to the operating system as it is written.
  private static final Pattern UNUSABLE = Pattern.compile("[\0\\p{Cs}]");

  private final String prefix;
  private final Map<String, YamlNode> values = new LinkedHashMap<>();
  private final Set<String> given = new HashSet<>();
  private final List<Problem> problems;
  private final List<Problem> warnings;

  private Fields(String prefix, List<Problem> problems, List<Problem> warnings) {
    this.prefix = prefix;
    this.problems = problems;
    this.warnings = warnings;
  }

  /**
   * Takes the fields of a mapping.
   *
   * @param mapping the mapping
   * @param prefix what stands before the names of its keys in messages
   * @param known the keys that it may have
   * @param problems takes what is wrong
   * @param warnings takes the keys that are not known
   */
  public static Fields of(
      Mapping mapping,
      String prefix,
      Set<String> known,
      List<Problem> problems,
      List<Problem> warnings) {
    Fields fields = new Fields(prefix, problems, warnings);
    mapping.pairs().forEach(pair -> fields.given.add(pair.key().text()));
    for (Pair pair : mapping.pairs()) {
      Scalar key = pair.key();
      if (!known.contains(key.text())) {
        warnings.add(
            new Problem(
                key.line(), key.column(), UnknownKey.message(prefix, key, fields.missing(known))));
      } else if (!(pair.value() instanceof Scalar scalar && scalar.isNull())) {
        fields.values.put(key.text(), pair.value());
      }
    }
    return fields;
  }

  /** Returns the known keys that are not given: only these can have been meant. */
  private Set<String> missing(Set<String> known) {
    Set<String> missing = new HashSet<>(known);
    missing.removeAll(given);
    return missing;
  }

  /** Takes the fields of a mapping that is a part of this one, in the same way. */
  public Fields within(Mapping mapping, String name, Set<String> known) {
    return of(mapping, name, known, problems, warnings);
  }

  /** Tells whether a key is there, even without a value. */
  public boolean isGiven(String key) {
    return given.contains(key);
  }

  /** Returns a value that is there and not null. */
  public Optional<YamlNode> node(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** Tells whether a key is there with something that is not blank. */
  public boolean hasValue(String key) {
    YamlNode node = values.get(key);
    return node != null && !(node instanceof Scalar scalar && scalar.text().isBlank());
  }

  /** Returns a scalar, which may be empty. */
  public Optional<Scalar> text(String key) {
    return node(key).flatMap(node -> scalar(node, prefix + key));
  }

  /** Returns a scalar that is not empty. */
  public Optional<Scalar> scalar(String key) {
    return text(key).filter(scalar -> !scalar.text().isBlank());
  }

  /** Returns a mapping. */
  public Optional<Mapping> mapping(String key) {
    return node(key)
        .flatMap(
            node -> {
              if (node instanceof Mapping mapping) {
                return Optional.of(mapping);
              }
              wrongType(node, prefix + key, "a mapping");
              return Optional.empty();
            });
  }

  /** Returns the scalars of a list; an absent list is empty. */
  public List<Scalar> list(String key) {
    List<Scalar> items = new ArrayList<>();
    node(key)
        .ifPresent(
            node -> {
              if (node instanceof Sequence sequence) {
                sequence
                    .items()
                    .forEach(
                        item -> scalar(item, "an item of " + prefix + key).ifPresent(items::add));
              } else {
                wrongType(node, prefix + key, "a list, such as [a, b]");
              }
            });
    return items;
  }

  /** Returns the fields of a mapping as text; nothing becomes empty text. */
  public Map<Scalar, String> map(String key) {
    Map<Scalar, String> map = new LinkedHashMap<>();
    mapping(key)
        .ifPresent(
            mapping ->
                mapping
                    .pairs()
                    .forEach(
                        pair ->
                            scalar(pair.value(), prefix + key + "." + pair.key().text())
                                .ifPresent(value -> map.put(pair.key(), value.text()))));
    return map;
  }

  /** Returns a scalar, which may be empty; {@code name} is what messages call it. */
  public Optional<Scalar> scalar(YamlNode node, String name) {
    if (node instanceof Scalar scalar) {
      if (UNUSABLE.matcher(scalar.text()).find()) {
        problem(node, name + " contains a NUL or half a surrogate pair; remove it");
        return Optional.empty();
      }
      return Optional.of(scalar);
    }
    // What a tag is called has the remedy already.
    String remedy = node instanceof YamlNode.Tagged ? "" : MissingQuotes.REMEDY;
    problem(node, "%s must be a single value, not %s%s".formatted(name, node.kind(), remedy));
    return Optional.empty();
  }

  private void wrongType(YamlNode node, String name, String expected) {
    problem(node, "%s must be %s, not %s".formatted(name, expected, node.kind()));
  }

  /** Says that something is odd, though not wrong. */
  public void warning(YamlNode at, String message) {
    warnings.add(new Problem(at.line(), at.column(), message));
  }

  /** Says that something is wrong. */
  public void problem(YamlNode at, String message) {
    problems.add(new Problem(at.line(), at.column(), message));
  }
}
