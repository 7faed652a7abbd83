package dev.stretcher.internal.release;

import dev.stretcher.internal.archive.PlaceStep;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.process.Interrupts;
import dev.stretcher.release.Release;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;

/**
 * Writes down what became of releases. Where the link leads is what counts: a journal on a full
 * disk is a warning, and must not stop the way back.
 */
record Marks(Reporter reporter, PlaceStep places) {
  void mark(Release release, Release.State state) throws InterruptedException {
    try {
      places.with(
          place -> {
            ReleaseSteps.of(place).mark(release, state);
            return release;
          });
    } catch (StretcherException e) {
      Interrupts.rethrow(e);
      reporter.report(
          new DeployEvent.Warning(
              "%s; release %s does not count as %s"
                  .formatted(e.getMessage(), release.id(), state.label())));
    }
  }
}
