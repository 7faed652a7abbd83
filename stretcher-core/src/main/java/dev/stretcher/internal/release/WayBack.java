package dev.stretcher.internal.release;

import dev.stretcher.internal.archive.PlaceStep;
import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.hook.HookEnvironment;
import dev.stretcher.internal.hook.Hooks;
import dev.stretcher.internal.hook.NoHooks;
import dev.stretcher.internal.hook.RunningHooks;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.manifest.ManifestException;
import dev.stretcher.process.Interrupts;
import dev.stretcher.release.Accept;
import dev.stretcher.release.NewRelease;
import dev.stretcher.release.Release;
import dev.stretcher.release.Release.State;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.Failure;
import dev.stretcher.report.StretcherException.SyncFailed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Makes an earlier release live again, and runs its {@code post} and {@code health} commands: for
 * an operator, and after a deploy that failed. One for each way back.
 */
final class WayBack {
  private final Engine engine;
  private final Reporter reporter;
  private final PlaceStep places;
  private final Marks marks;
  private final Accept accept;
  private Optional<Release> reached = Optional.empty();
  private Optional<Path> switched = Optional.empty();

  WayBack(Engine engine, Reporter reporter, PlaceStep places, Accept accept) {
    this.engine = engine;
    this.accept = accept;
    this.reporter = reporter;
    this.places = places;
    this.marks = new Marks(reporter, places);
  }

  /** Returns the release that is live again, whether or not its commands have passed. */
  Optional<Release> reached() {
    return reached;
  }

  /**
   * Returns what is told of a failure.
   *
   * @param stays what is live if no other release was reached, if that is to be told
   */
  DeployEvent failed(StretcherException cause, Duration elapsed, Optional<Release> stays) {
    return new DeployEvent.RollbackFailed(
        cause, elapsed, switched, reached.or(() -> stays).map(Release::id));
  }

  private record Way(Release to, Hooks hooks) {}

  /**
   * Goes back.
   *
   * @param target what is live, and where to: the first that is whole is taken
   */
  Release go(RollbackTarget target) throws StretcherException, InterruptedException {
    long start = System.nanoTime();
    Way way = places.with(place -> leave(ReleaseSteps.of(place), target));
    if (target.bad().isPresent()) {
      marks.mark(target.bad().get(), State.BAD);
    }
    run(way);
    reporter.report(
        new DeployEvent.RolledBack(
            target.from().map(Release::id),
            way.to().id(),
            Duration.ofNanos(System.nanoTime() - start)));
    return way.to();
  }

  private Way leave(ReleaseSteps steps, RollbackTarget target)
      throws StretcherException, InterruptedException {
    Path link = steps.link();
    switched = Optional.of(link);
    Way way = firstWhole(steps, target, link);
    steps.rollBackTo(way.to());
    reached = Optional.of(way.to());
    reporter.report(new DeployEvent.Switched(way.to().id(), target.from().map(Release::id), link));
    return way;
  }

  private Way firstWhole(ReleaseSteps steps, RollbackTarget target, Path link)
      throws SyncFailed, InterruptedException {
    List<Release> candidates = target.to();
    for (Release to : candidates.subList(0, candidates.size() - 1)) {
      try {
        return whole(steps, target.from(), to, link);
      } catch (SyncFailed e) {
        Interrupts.rethrow(e);
        warn(e.what() + "; trying an earlier release");
      }
    }
    return whole(steps, target.from(), candidates.get(candidates.size() - 1), link);
  }

  private Way whole(ReleaseSteps steps, Optional<Release> from, Release to, Path link)
      throws SyncFailed, InterruptedException {
    verify(steps, to);
    Hooks hooks = hooks(from, to);
    hooks.releasing(to.id(), from.map(Release::id), link);
    return new Way(to, hooks);
  }

  private void verify(ReleaseSteps steps, Release to) throws SyncFailed, InterruptedException {
    try {
      steps.verify(to);
    } catch (SyncFailed e) {
      Interrupts.rethrow(e);
      if (accept != Accept.ANY) {
        throw new SyncFailed(
            e.dest(),
            Failure.of(e.what(), e)
                .withRemedy(
                    "deploy its manifest again, or take it as it is by --to %s --force"
                        .formatted(to.id())));
      }
      warn("release %s is taken as it is: %s".formatted(to.id(), e.what()));
    }
  }

  /** The commands of what another tool has made are not known: those of what is left run then. */
  private Hooks hooks(Optional<Release> from, Release to) throws SyncFailed {
    Optional<NewRelease> left = from.flatMap(Release::origin);
    Optional<NewRelease> origin = to.origin().or(() -> left);
    if (origin.isEmpty()) {
      warn("no commands are known for release %s, so that none runs".formatted(to.id()));
      return NoHooks.INSTANCE;
    }
    if (to.origin().isEmpty()) {
      warn(
          "no commands are known for release %s, which another tool has made; those of release %s run"
              .formatted(to.id(), origin.get().id()));
    }
    try {
      Manifest manifest = Origins.manifest(origin.get(), engine);
      String id = reporter.deploy().id().orElse("");
      return new RunningHooks(
          engine,
          reporter,
          manifest,
          new HookEnvironment(origin.get().manifestUrl(), id, manifest));
    } catch (ManifestException e) {
      throw new SyncFailed(
          to.directory(),
          Failure.of(
                  "the manifest that is kept of release %s cannot be read: %s"
                      .formatted(to.id(), e.getMessage()),
                  e)
              .withRemedy("deploy its manifest"));
    }
  }

  /**
   * What was good before stays good, also if its commands fail now: that says as much about this
   * host, and the next deploy that fails must not go back further.
   */
  private void run(Way way) throws StretcherException, InterruptedException {
    boolean wasGood = way.to().state() == State.GOOD;
    try {
      way.hooks().post();
      way.hooks().health();
      Interrupts.requireNone();
    } catch (InterruptedException e) {
      if (wasGood) {
        marks.mark(way.to(), State.GOOD);
      }
      throw e;
    } catch (StretcherException | RuntimeException | Error e) {
      Interrupts.rethrow(e);
      marks.mark(way.to(), wasGood ? State.GOOD : State.BAD);
      throw e;
    }
    marks.mark(way.to(), State.GOOD);
  }

  private void warn(String text) {
    reporter.report(new DeployEvent.Warning(text));
  }
}
