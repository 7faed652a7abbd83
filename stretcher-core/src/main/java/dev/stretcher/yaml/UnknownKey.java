package dev.stretcher.yaml;

import dev.stretcher.yaml.YamlNode.Scalar;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/** Guesses which key an unknown one was meant to be. */
final class UnknownKey {
  private static final int MAX_DISTANCE = 2;

  private UnknownKey() {}

  /** Says that a key is unknown. */
  static String message(String prefix, Scalar scalar, Set<String> known) {
    String key = scalar.text();
    Optional<String> near =
        known.stream()
            .filter(name -> distance(key, name) <= MAX_DISTANCE)
            .min(
                Comparator.<String>comparingInt(name -> distance(key, name))
                    .thenComparing(Comparator.naturalOrder()));
    String in = prefix.isEmpty() ? "" : " in " + prefix.substring(0, prefix.length() - 1);
    return "unknown key %s%s%s"
        .formatted(scalar.shown(), in, near.map(name -> "; did you mean " + name + "?").orElse(""));
  }

  /** Returns the Levenshtein distance, or more than the maximum if the lengths say so already. */
  private static int distance(String a, String b) {
    if (Math.abs(a.length() - b.length()) > MAX_DISTANCE) {
      return MAX_DISTANCE + 1;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
