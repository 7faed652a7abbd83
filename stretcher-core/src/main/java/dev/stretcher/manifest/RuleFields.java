package dev.stretcher.manifest;

import dev.stretcher.manifest.YamlNode.Scalar;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the rules of the sync, {@code compare} and {@code max_delete}. */
final class RuleFields {
  private RuleFields() {}

  static Comparison comparison(Fields fields) {
    Optional<Scalar> given = fields.scalar("compare");
    for (Comparison comparison : Comparison.values()) {
      String name = comparison.name().toLowerCase(Locale.ROOT);
      if (given.filter(scalar -> scalar.text().equals(name)).isPresent()) {
        return comparison;
      }
    }
    given.ifPresent(
        scalar ->
            fields.problem(
                scalar, "compare must be quick or checksum, not %s".formatted(scalar.shown())));
    return Comparison.QUICK;
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
