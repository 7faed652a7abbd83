package dev.stretcher.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which name a misspelt one was meant to be. Stateless and thread-safe. */
public final class NearName {
  private static final int MAX_DISTANCE = 2;

  private NearName() {}

  /** Returns the known name that differs least, by two letters at most. */
  public static Optional<String> of(String name, Collection<String> known) {
    return known.stream()
        .filter(each -> distance(name, each) <= MAX_DISTANCE)
        .min(
            Comparator.<String>comparingInt(each -> distance(name, each))
                .thenComparing(Comparator.naturalOrder()));
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
