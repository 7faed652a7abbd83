package dev.stretcher.internal.deployed;

import java.util.Arrays;
import java.util.List;

/**
 * The names that a deploy left alone.
 *
 * @param strategy the sync strategy, which knows what the patterns mean
 * @param patterns those of the manifest
 * @param file the content of the archive's file of patterns; empty if there is none
 */
public record DeployedExcludes(String strategy, List<String> patterns, byte[] file) {
  /** Copies the list. */
  public DeployedExcludes {
    patterns = List.copyOf(patterns);
  }

  /** Tells whether no name is left alone. */
  public boolean isEmpty() {
    return patterns.isEmpty() && file.length == 0;
  }

  /** Tells whether both leave the same names alone. */
  public boolean areThoseOf(DeployedExcludes other) {
    return patterns.equals(other.patterns) && Arrays.equals(file, other.file);
  }
}
