package dev.stretcher;

import dev.stretcher.spi.SyncPlan;
import dev.stretcher.yaml.Problem;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What a deploy of a manifest would do, and what would stop it.
 *
 * @param manifest where the manifest is
 * @param steps what would be done, a line for each step; empty if it cannot be read
 * @param sync what would change under dest; empty if it was not asked for, is not known (which is a
 *     warning then) or cannot be (because of a problem); it may be what the problem is about
 * @param warnings what is odd but would not stop it
 * @param problems all that would stop it; empty if nothing would
 */
public record CheckReport(
    URI manifest,
    List<String> steps,
    Optional<SyncPlan> sync,
    List<Problem> warnings,
    List<Problem> problems) {
  /** Copies the lists. */
  public CheckReport {
    steps = List.copyOf(steps);
    warnings = List.copyOf(warnings);
    problems = List.copyOf(problems);
  }

  /** Tells whether nothing was found that would stop the deploy. */
  public boolean ok() {
    return problems.isEmpty();
  }
}
