package dev.stretcher.spi;

import java.util.List;

/**
 * What a sync would do.
 *
 * @param lines a line for each operation, in the order in which they would be done
 * @param summary one line that counts them
 */
public record SyncPlan(List<String> lines, String summary) {
  /** Copies the list. */
  public SyncPlan {
    lines = List.copyOf(lines);
  }
}
