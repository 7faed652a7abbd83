package dev.stretcher.internal.release;

import dev.stretcher.internal.archive.PlaceStep;
import dev.stretcher.internal.archive.TreeTask;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.hook.Hooks;
import dev.stretcher.internal.sync.SyncStep;
import dev.stretcher.release.NewRelease;
import dev.stretcher.release.Release;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.SyncFailed;
import dev.stretcher.spi.StagedTree;
import java.util.List;
import java.util.Optional;

/** Makes a release of the staged tree, or finds one of the same archive, and leaves it at that. */
record PrepareTask(Reporter reporter, Origins origins) implements TreeTask<Release> {
  @Override
  public Optional<Shortcut<Release>> shortcut(PlaceStep places)
      throws StretcherException, InterruptedException {
    return places.with(place -> look(ReleaseSteps.of(place)));
  }

  private Optional<Shortcut<Release>> look(ReleaseSteps steps)
      throws SyncFailed, InterruptedException {
    NewRelease next = origins.next(steps.list());
    Optional<Release> found = steps.find(next);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    reporter.report(new DeployEvent.ReleaseFound(found.get().id()));
    return Optional.of(new Shortcut<>(ReleaseTask.verified(next), place -> found.get()));
  }

  @Override
  public Release run(SyncStep sync, StagedTree tree) throws SyncFailed, InterruptedException {
    ReleaseSteps steps = new ReleaseSteps(sync);
    List<Release> there = steps.list();
    Release made = steps.prepare(tree, origins.next(there));
    reporter.report(new DeployEvent.ReleasePrepared(made.id(), made.directory()));
    return made;
  }

  @Override
  public Release finish(Release made, PlaceStep places, Hooks hooks) {
    return made;
  }
}
