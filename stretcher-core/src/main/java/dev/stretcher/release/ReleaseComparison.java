package dev.stretcher.release;

import dev.stretcher.report.Difference;
import java.util.List;

/**
 * How a release differs from what it was when it was made. Immutable.
 *
 * @param names how many names were compared
 * @param differences all that differs, sorted by path
 */
public record ReleaseComparison(long names, List<Difference> differences) {
  /** Copies the list. */
  public ReleaseComparison {
    differences = List.copyOf(differences);
  }
}
