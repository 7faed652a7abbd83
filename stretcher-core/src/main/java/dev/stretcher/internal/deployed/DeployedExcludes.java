package dev.stretcher.internal.deployed;

import java.util.List;

/**
 * The names that a deploy left alone.
 *
 * @param strategy the sync strategy, which knows what the patterns mean
 * @param patterns those of the manifest
 * @param file the content of the archive's file of patterns, byte by byte as Latin-1; empty if
 *     there is none
 */
public record DeployedExcludes(String strategy, List<String> patterns, String file) {
  /** Copies the list. */
  public DeployedExcludes {
    patterns = List.copyOf(patterns);
  }

  /** Tells whether no name is left alone. */
  public boolean isEmpty() {
    return patterns.isEmpty() && file.isEmpty();
  }

  /** Tells whether both leave the same names alone. */
  public boolean areThoseOf(DeployedExcludes other) {
    return patterns.equals(other.patterns) && file.equals(other.file);
  }
}
