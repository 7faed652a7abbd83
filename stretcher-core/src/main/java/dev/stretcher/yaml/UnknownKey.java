package dev.stretcher.yaml;

import dev.stretcher.text.NearName;
import dev.stretcher.yaml.YamlNode.Scalar;
import java.util.Optional;
import java.util.Set;

/** Guesses which key an unknown one was meant to be. */
final class UnknownKey {
  private UnknownKey() {}

  /** Says that a key is unknown. */
  static String message(String prefix, Scalar scalar, Set<String> known) {
    String key = scalar.text();
    Optional<String> near = NearName.of(key, known);
    String in = prefix.isEmpty() ? "" : " in " + prefix.substring(0, prefix.length() - 1);
    return "unknown key %s%s%s"
        .formatted(scalar.shown(), in, near.map(name -> "; did you mean " + name + "?").orElse(""));
  }
}
