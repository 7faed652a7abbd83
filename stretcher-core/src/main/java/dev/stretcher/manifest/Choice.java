package dev.stretcher.manifest;

import dev.stretcher.yaml.Fields;
import dev.stretcher.yaml.YamlNode.Scalar;
import java.util.Locale;
import java.util.Optional;

/** Reads a key that has one of two values, by the names of constants in lower case. */
final class Choice {
  private Choice() {}

  /** Returns the value that the text names. */
  static <E extends Enum<E>> Optional<E> read(Fields fields, String key, E standard, E other) {
    Optional<Scalar> given = fields.scalar(key);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    String text = given.get().text();
    if (text.equals(name(standard))) {
      return Optional.of(standard);
    }
    if (text.equals(name(other))) {
      return Optional.of(other);
    }
    fields.problem(
        given.get(),
        "%s must be %s or %s, not %s"
            .formatted(key, name(standard), name(other), given.get().shown()));
    return Optional.empty();
  }

  static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
