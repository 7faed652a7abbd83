package dev.stretcher.spi;

import java.util.List;

/**
 * What a sync would delete. Immutable.
 *
 * @param names how many names it would delete from dest; each one below a deleted directory counts
 * @param present how many names dest has, at any depth, without those that are excluded
 * @param examples a few of the names that it would delete, each on one line
 */
public record Deletions(long names, long present, List<String> examples) {
  /** The deletions of a sync that deletes nothing. */
  public static final Deletions NONE = new Deletions(0, 0, List.of());

  private static final long FEW = 100;

  /** Copies the list. */
  public Deletions {
    examples = List.copyOf(examples);
  }

  /**
   * Tells whether a sync would delete more than 100 names, and more than half of the names in dest.
   */
  public boolean areMost() {
    return names > FEW && names > present - names;
  }
}
