package dev.stretcher.internal.release;

import dev.stretcher.internal.archive.PlaceStep;
import dev.stretcher.internal.archive.PlanTask;
import dev.stretcher.internal.archive.TreeTask;
import dev.stretcher.internal.dest.Dest;
import dev.stretcher.internal.sync.SyncStep;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.release.NewRelease;
import dev.stretcher.release.Release;
import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.SyncFailed;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncPlan;
import dev.stretcher.text.NativeText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Says which release a deploy would make or use.
 *
 * @param plan says what a sync of the tree would do
 */
public record ReleasePlanTask(PlanTask plan, Origins origins)
    implements TreeTask<Optional<SyncPlan>> {
  @Override
  public void requirePlace(Dest dest) throws SyncFailed {
    plan.requirePlace(dest);
  }

  @Override
  public boolean needsContents() {
    return plan.needsContents();
  }

  @Override
  public Optional<Shortcut<Optional<SyncPlan>>> shortcut(PlaceStep places)
      throws StretcherException, InterruptedException {
    return places.with(place -> look(ReleaseSteps.of(place)));
  }

  private Optional<Shortcut<Optional<SyncPlan>>> look(ReleaseSteps steps)
      throws SyncFailed, InterruptedException {
    List<Release> there = steps.list();
    NewRelease next = origins.next(there);
    Optional<Release> found = steps.find(next);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    SyncPlan use = use(found.get(), Releases.live(there), steps.link());
    return Optional.of(new Shortcut<>(ReleaseTask.verified(next), place -> told(use)));
  }

  private Optional<SyncPlan> told(SyncPlan use) {
    plan.tell(use);
    return Optional.of(use);
  }

  private static SyncPlan use(Release found, Optional<Release> live, Path link) {
    String id = found.id();
    if (live.isPresent() && live.get().id().equals(id)) {
      return new SyncPlan(List.of(), "release %s has this archive, and is live".formatted(id));
    }
    return new SyncPlan(
        List.of(switching(link, "release " + id, live)),
        "release %s has this archive, and nothing would be fetched".formatted(id));
  }

  private static String switching(Path link, String release, Optional<Release> live) {
    return "would switch %s to %s%s"
        .formatted(
            NativeText.text(link), release, live.map(each -> ", it is " + each.id()).orElse(""));
  }

  @Override
  public Optional<SyncPlan> run(SyncStep sync, StagedTree tree)
      throws SyncFailed, InterruptedException {
    return plan.run(sync, tree, () -> Optional.of(making(sync, tree)));
  }

  /** A syncer need not say which files it takes from the live release. */
  private SyncPlan making(SyncStep sync, StagedTree tree) throws SyncFailed, InterruptedException {
    ReleaseSteps steps = new ReleaseSteps(sync);
    Optional<Release> live = Releases.live(steps.list());
    Optional<String> given =
        origins
            .loaded()
            .manifest()
            .payload()
            .map(Manifest.Payload::target)
            .flatMap(target -> target.rules().release().id());
    String release = given.map(id -> "release " + id).orElse("a new release");
    FileCount files = sync.with(tree, (staged, target) -> FileCount.of(staged, sync.needed()));
    return new SyncPlan(
        List.of("would make " + release, switching(steps.link(), release, live)),
        "would make %s: %s".formatted(release, text(files, live)));
  }

  private static String text(FileCount files, Optional<Release> live) {
    return live.isPresent()
        ? "%s of %s files are as in %s".formatted(files.unchanged(), files.all(), live.get().id())
        : "%s files".formatted(files.all());
  }
}
