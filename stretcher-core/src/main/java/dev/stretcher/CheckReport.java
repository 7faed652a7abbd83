package dev.stretcher;

import dev.stretcher.spi.SyncPlan;
import dev.stretcher.text.Problem;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What a deploy of a manifest would do, and what would stop it.
 *
 * @param manifest where the manifest is
 * @param steps what a deploy would do, one text for each step, with names and commands as they are,
 *     which {@link dev.stretcher.text.Printable} shows line by line; empty if the manifest cannot
 *     be read
 * @param sync what would change under dest; empty if nobody asked for it, if it is not known (a
 *     warning says so) or if a problem prevented it. A problem may be about these changes
 * @param warnings what is odd but would not stop the deploy
 * @param problems all that would stop the deploy; empty if nothing would
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
