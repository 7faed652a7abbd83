package dev.stretcher.manifest;

import dev.stretcher.yaml.Fields;
import dev.stretcher.yaml.YamlNode.Scalar;
import java.util.Optional;

/** Reads {@code dest_mode}: octal as YAML 1.1 and 1.2 write it, or decimal as JSON has to. */
final class ModeField {
  private ModeField() {}

  static Optional<FileMode> read(Fields fields, Scalar scalar) {
    String text = scalar.text();
    boolean decimal = scalar.plain() && text.matches("[1-9][0-9]*");
    Optional<FileMode> mode = decimal ? parse(text, 10) : parse(text.replaceFirst("^0o", ""), 8);
    if (mode.isEmpty()) {
      String meant = text.matches("[1-7][0-7]{0,3}") ? "; write 0" + text : "";
      fields.problem(
          scalar,
          "dest_mode must be 0 to 07777 in octal, such as 0755, not %s%s"
              .formatted(scalar.shown(), meant));
    } else if (decimal && text.matches("[0-7]{3,4}")) {
      fields.warning(
          scalar,
          "dest_mode %s is decimal, %s in octal; write 0%s if octal was meant"
              .formatted(text, mode.get(), text));
    }
    return mode;
  }

  private static Optional<FileMode> parse(String text, int radix) {
    try {
      return text.matches("[0-9]+")
          ? Optional.of(new FileMode(Integer.parseInt(text, radix)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
