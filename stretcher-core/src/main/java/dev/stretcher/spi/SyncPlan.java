package dev.stretcher.spi;

import java.util.List;

/**
 * What a sync would do.
 *
 * @param lines what each operation is, in the order in which they would be done; with names as they
 *     are, which {@link dev.stretcher.text.Printable} shows on one line
 * @param summary one line that counts them
 */
public record SyncPlan(List<String> lines, String summary) {
  /** Copies the list. */
  public SyncPlan {
    lines = List.copyOf(lines);
  }
}
