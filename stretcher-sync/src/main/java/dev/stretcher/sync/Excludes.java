package dev.stretcher.sync;

import dev.stretcher.sync.internal.filter.FilterRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The patterns of a manifest's {@code excludes}, for other trees than a dest: those of rsync(1),
 * "PATTERN MATCHING RULES". Immutable and thread-safe.
 */
public final class Excludes {
  private final FilterRules rules;

  private Excludes(FilterRules rules) {
    this.rules = rules;
  }

  /**
   * Reads patterns, of which the first one that matches a name decides.
   *
   * @throws IllegalArgumentException if one of them is not a pattern
   */
  public static Excludes of(List<String> patterns) {
    try {
      return new Excludes(FilterRules.of(new byte[0], patterns));
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * Tells whether a name is excluded. What is in an excluded directory is excluded as well.
   *
   * @param path relative to the root of the tree, not empty
   * @param directory whether it is a directory
   */
  public boolean excludes(Path path, boolean directory) {
    return rules.excludes(path, directory);
  }
}
