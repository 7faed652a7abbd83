package dev.stretcher.manifest;

import dev.stretcher.yaml.Fields;
import dev.stretcher.yaml.YamlNode.Scalar;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the rules of the sync, {@code compare} {@code links} and {@code max_delete}. */
final class RuleFields {
  private RuleFields() {}

  static Comparison comparison(Fields fields) {
    return choice(fields, "compare", Comparison.QUICK, Comparison.CHECKSUM);
  }

  static Links links(Fields fields) {
    return choice(fields, "links", Links.ANY, Links.INSIDE);
  }

  /** Returns the one that is named, else the first one. */
  private static <E extends Enum<E>> E choice(Fields fields, String key, E standard, E other) {
    Optional<Scalar> given = fields.scalar(key);
    for (E each : List.of(standard, other)) {
      if (given.filter(scalar -> scalar.text().equals(name(each))).isPresent()) {
        return each;
      }
    }
    given.ifPresent(
        scalar ->
            fields.problem(
                scalar,
                "%s must be %s or %s, not %s"
                    .formatted(key, name(standard), name(other), scalar.shown())));
    return standard;
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** A leading zero is refused, since it makes an octal number for some readers of YAML. */
  static OptionalLong maxDelete(Fields fields) {
    Optional<Scalar> given = fields.scalar("max_delete");
    if (given.filter(scalar -> scalar.text().matches("0|[1-9][0-9]{0,17}")).isPresent()) {
      return OptionalLong.of(Long.parseLong(given.get().text()));
    }
    given.ifPresent(
        scalar ->
            fields.problem(
                scalar,
                "max_delete must be a whole number from 0, such as 100, not %s"
                    .formatted(scalar.shown())));
    return OptionalLong.empty();
  }
}
