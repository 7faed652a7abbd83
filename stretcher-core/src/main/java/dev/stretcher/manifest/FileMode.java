package dev.stretcher.manifest;

import dev.stretcher.yaml.Fields;
import dev.stretcher.yaml.YamlNode.Scalar;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The permission bits of a file, with setuid, setgid and sticky, as <a
 * href="https://pubs.opengroup.org/onlinepubs/9699919799/basedefs/sys_stat.h.html">sys/stat.h</a>
 * numbers them.
 *
 * @param bits 0 to 07777
 */
public record FileMode(int bits) {
  /** Refuses bits outside 07777. */
  public FileMode {
    if ((bits & ~07777) != 0) {
      throw new IllegalArgumentException(
          "a mode is 0 to 07777, not 0" + Integer.toOctalString(bits));
    }
  }

  /** Reads {@code dest_mode}: octal as YAML 1.1 and 1.2 write it, or decimal as JSON has to. */
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

  /** Returns the nine permission bits in the form of {@link java.nio.file}. */
  public Set<PosixFilePermission> permissions() {
    Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] fromHighest = PosixFilePermission.values();
    for (int i = 0; i < fromHighest.length; i++) {
      if ((bits & (0400 >> i)) != 0) {
        set.add(fromHighest[i]);
      }
    }
    return set;
  }

  /** Returns the mode in octal with a leading zero, such as {@code 0755}. */
  @Override
  public String toString() {
    return "0%03o".formatted(bits);
  }
}
