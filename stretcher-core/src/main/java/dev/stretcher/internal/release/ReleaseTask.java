package dev.stretcher.internal.release;

import dev.stretcher.internal.archive.PlaceStep;
import dev.stretcher.internal.archive.TreeTask;
import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.hook.Hooks;
import dev.stretcher.internal.sync.DurabilityStep;
import dev.stretcher.internal.sync.SyncStep;
import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.manifest.OnFailure;
import dev.stretcher.process.Interrupts;
import dev.stretcher.release.Accept;
import dev.stretcher.release.NewRelease;
import dev.stretcher.release.Release;
import dev.stretcher.release.Release.State;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.SyncFailed;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a release of the staged tree, or finds one of the same archive; makes it live; and goes
 * back if its commands fail. One for each deploy.
 */
public final class ReleaseTask implements TreeTask<ReleaseTask.Done> {
  private final Engine engine;
  private final Reporter reporter;
  private final Hooks hooks;
  private final DurabilityStep durability;
  private final Origins origins;
  private final boolean goesBack;
  private Optional<String> previous = Optional.empty();
  private Optional<String> id = Optional.empty();
  private Optional<String> rolledBackTo = Optional.empty();
  private @Nullable NewRelease origin;

  /**
   * Creates the task.
   *
   * @param hooks are told which release they are for
   */
  public ReleaseTask(
      Engine engine, Reporter reporter, Origins origins, Hooks hooks, DurabilityStep durability) {
    this.engine = engine;
    this.reporter = reporter;
    this.origins = origins;
    this.hooks = hooks;
    this.durability = durability;
    this.goesBack =
        origins.loaded().manifest().onFailure().orElse(OnFailure.ROLLBACK) == OnFailure.ROLLBACK;
  }

  /**
   * What was done.
   *
   * @param release what is live in the end
   * @param report what the switch did
   */
  public record Done(Release release, SyncReport report) {}

  /** Returns what became of the releases so far. */
  public LedgerRecord.ReleaseChange change() {
    return id.isPresent()
        ? new LedgerRecord.ReleaseChange(id, previous, rolledBackTo)
        : LedgerRecord.ReleaseChange.NONE;
  }

  @Override
  public Optional<Shortcut<Done>> shortcut(PlaceStep places)
      throws StretcherException, InterruptedException {
    return places.with(place -> look(ReleaseSteps.of(place)));
  }

  private Optional<Shortcut<Done>> look(ReleaseSteps steps)
      throws SyncFailed, InterruptedException {
    List<Release> there = steps.list();
    NewRelease next = origins.next(there);
    origin = next;
    previous = Releases.live(there).map(Release::id);
    Optional<Release> found = steps.find(next);
    hooks.releasing(found.map(Release::id).orElse(next.id()), previous, steps.link());
    if (goesBack) {
      warnIfNoWayBack(there, found);
    }
    if (found.isEmpty()) {
      return Optional.empty();
    }
    id = found.map(Release::id);
    reporter.report(new DeployEvent.ReleaseFound(found.get().id()));
    return Optional.of(new Shortcut<>(verified(next), place -> verified(place, found.get())));
  }

  /** Before the {@code pre} commands, so that an operator may still cancel. */
  private void warnIfNoWayBack(List<Release> there, Optional<Release> found) {
    boolean known =
        there.stream()
            .filter(release -> release.state() == State.GOOD)
            .anyMatch(good -> found.isEmpty() || !good.id().equals(found.get().id()));
    if (!known) {
      warn("there is no good release yet to go back to if this one fails");
    }
  }

  /** A plug-in may have verified the archive by something else than a digest. */
  static String verified(NewRelease origin) {
    return origin.archive().map(Object::toString).orElse("");
  }

  private static Done verified(PlaceStep.Held place, Release release)
      throws SyncFailed, InterruptedException {
    ReleaseSteps.of(place).verify(release);
    return done(release);
  }

  private static Done done(Release release) {
    return new Done(release, SyncReport.of("release " + release.id() + " was live already"));
  }

  @Override
  public Done run(SyncStep sync, StagedTree tree) throws SyncFailed, InterruptedException {
    ReleaseSteps steps = new ReleaseSteps(sync);
    NewRelease next = origin;
    if (next == null) {
      next = origins.next(steps.list());
    }
    Release made = steps.prepare(tree, next);
    id = Optional.of(made.id());
    reporter.report(new DeployEvent.ReleasePrepared(made.id(), made.directory()));
    return done(made);
  }

  @Override
  public Done finish(Done prepared, PlaceStep places, Hooks commands)
      throws StretcherException, InterruptedException {
    Done live = makeLive(prepared, places, commands);
    try {
      run(commands);
    } catch (InterruptedException e) {
      warnOfCancel(live.release());
      throw e;
    } catch (StretcherException | RuntimeException | Error e) {
      goBack(live.release(), e, places, commands);
      throw e;
    }
    durability.beforeSuccess();
    Release good = places.with(place -> settle(ReleaseSteps.of(place), live.release()));
    return new Done(good, live.report());
  }

  /** A full disk may let the link be switched, and what comes after it fail: that is no success. */
  private Done makeLive(Done prepared, PlaceStep places, Hooks commands)
      throws StretcherException, InterruptedException {
    try {
      return places.with(place -> activate(ReleaseSteps.of(place), prepared));
    } catch (StretcherException e) {
      Interrupts.rethrow(e);
      if (becameLive(prepared.release(), places)) {
        goBack(prepared.release(), e, places, commands);
      }
      throw e;
    } catch (InterruptedException e) {
      if (becameLive(prepared.release(), places)) {
        warnOfCancel(prepared.release());
      }
      throw e;
    }
  }

  private boolean becameLive(Release release, PlaceStep places) throws InterruptedException {
    try {
      return !previous.equals(Optional.of(release.id()))
          && places.with(place -> isLive(ReleaseSteps.of(place), release));
    } catch (StretcherException e) {
      // The failure that led here says more.
      Interrupts.rethrow(e);
      return false;
    }
  }

  private void warnOfCancel(Release release) {
    warn(
        "release %s stays live, and its commands have not passed; deploy again"
            .formatted(release.id()));
  }

  private static void run(Hooks commands) throws StretcherException, InterruptedException {
    try {
      commands.post();
      commands.health();
      Interrupts.requireNone();
    } catch (StretcherException | RuntimeException | Error e) {
      Interrupts.rethrow(e);
      throw e;
    }
  }

  private Done activate(ReleaseSteps steps, Done prepared) throws SyncFailed, InterruptedException {
    Release release = prepared.release();
    Path link = steps.link();
    // Its ID is not the one that was wished for, if another one had that.
    hooks.releasing(release.id(), previous, link);
    SyncReport report = prepared.report();
    // As it is now: commands have run since it was found.
    if (!isLive(steps, release)) {
      report = steps.activate(release);
      reporter.report(new DeployEvent.Switched(release.id(), previous, link));
    }
    reporter.report(new DeployEvent.Synced(report));
    return new Done(release, report);
  }

  private static boolean isLive(ReleaseSteps steps, Release release)
      throws SyncFailed, InterruptedException {
    return Releases.live(steps.list()).filter(live -> live.id().equals(release.id())).isPresent();
  }

  /** Marks the release as good, and removes what is too much. */
  private Release settle(ReleaseSteps steps, Release release)
      throws SyncFailed, InterruptedException {
    steps.mark(release, State.GOOD);
    prune(steps);
    try {
      return Releases.named(steps.list(), release.id()).orElse(release);
    } catch (SyncFailed e) {
      // It is good all the same.
      Interrupts.rethrow(e);
      return release;
    }
  }

  private void prune(ReleaseSteps steps) throws InterruptedException {
    try {
      List<String> gone = steps.prune().stream().map(Release::id).toList();
      if (!gone.isEmpty()) {
        reporter.report(new DeployEvent.Pruned(gone));
      }
    } catch (SyncFailed e) {
      Interrupts.rethrow(e);
      warn("releases that are too many stay: " + e.getMessage());
    }
  }

  private void goBack(Release failed, Throwable cause, PlaceStep places, Hooks commands)
      throws InterruptedException {
    new Marks(reporter, places).mark(failed, State.BAD);
    if (!goesBack) {
      return;
    }
    long start = System.nanoTime();
    WayBack way = new WayBack(engine, reporter, places, Accept.GOOD);
    try {
      List<Release> candidates =
          places.with(place -> Releases.waysBack(ReleaseSteps.of(place).list(), failed, previous));
      if (candidates.isEmpty()) {
        warn("there is no good release to go back to: %s stays live".formatted(failed.id()));
        return;
      }
      Release good = way.go(new RollbackTarget(Optional.of(asBad(failed)), candidates, true));
      rolledBackTo = Optional.of(good.id());
      commands.rolledBackTo(good.id());
      prune(places);
    } catch (StretcherException e) {
      Interrupts.rethrow(e);
      cause.addSuppressed(e);
      Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
      reporter.report(way.failed(e, elapsed, Optional.of(failed)));
    }
  }

  /** Of releases that failed, only the last one stays: else failing deploys fill the disk. */
  private void prune(PlaceStep places) throws StretcherException, InterruptedException {
    places.with(
        place -> {
          prune(ReleaseSteps.of(place));
          return place;
        });
  }

  private static Release asBad(Release release) {
    return new Release(
        release.id(),
        State.BAD,
        release.since(),
        true,
        release.directory(),
        release.origin(),
        release.proven());
  }

  private void warn(String text) {
    reporter.report(new DeployEvent.Warning(text));
  }
}
