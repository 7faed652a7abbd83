package dev.stretcher.internal.archive;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.internal.dest.Dest;
import dev.stretcher.internal.dest.HeldLock;
import dev.stretcher.internal.dest.LockStep;
import dev.stretcher.internal.dest.SupersededException;
import dev.stretcher.internal.engine.Cleanup;
import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.fetch.ArchiveFetch;
import dev.stretcher.internal.fetch.ByToc;
import dev.stretcher.internal.fetch.FetchedArchive;
import dev.stretcher.internal.hook.Hooks;
import dev.stretcher.internal.stage.LeftoverStep;
import dev.stretcher.internal.stage.StagedArchive;
import dev.stretcher.internal.stage.StagingStep;
import dev.stretcher.internal.sync.SyncStep;
import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.process.Interrupts;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.Entry;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The deploy of an archive, from its fetch to the {@code health} commands.
 *
 * @param <T> what comes of the unpacked archive
 */
public final class ArchiveDeploy<T> {
  private final Engine engine;
  private final Reporter reporter;
  private final Manifest.Payload payload;
  private final Hooks hooks;
  private final TreeTask<T> task;

  public ArchiveDeploy(
      Engine engine, Reporter reporter, Manifest.Payload payload, Hooks hooks, TreeTask<T> task) {
    this.engine = engine;
    this.reporter = reporter;
    this.payload = payload;
    this.hooks = hooks;
    this.task = task;
  }

  /**
   * What was deployed.
   *
   * @param bytes the length of the archive; 0 if it was not fetched
   * @param verified what identifies the archive
   * @param done what came of it
   */
  public record Result<T>(long bytes, String verified, T done) {}

  /**
   * Refuses to deploy to {@code place}, whose lock is held now, if a newer deploy has been there.
   */
  @FunctionalInterface
  public interface Turn {
    void require(Path place) throws SupersededException;
  }

  /**
   * Deploys.
   *
   * @param sync what {@link dev.stretcher.internal.sync.SyncPreparation} has prepared
   * @param cleanup keeps the lock until the result has been reported
   */
  public Result<T> run(SyncStep sync, LockStep lock, Turn turn, Cleanup cleanup)
      throws StretcherException, SupersededException, InterruptedException {
    if (!hooks.hasPre()) {
      dest().require();
    }
    HeldLock first = take(lock.acquire(), turn, cleanup);
    PlaceStep places =
        new PlaceStep(engine, reporter, sync, payload.target().dest(), hooks.hasPre());
    Optional<TreeTask.Shortcut<T>> shortcut = task.shortcut(places);
    if (shortcut.isEmpty()) {
      return withArchive(sync, lock, first, turn, places, cleanup);
    }
    hooks.pre();
    takeAgain(lock, first, turn, cleanup);
    T done = places.with(shortcut.get().work());
    return new Result<>(0, shortcut.get().verified(), task.finish(done, places, hooks));
  }

  private Result<T> withArchive(
      SyncStep sync, LockStep lock, HeldLock first, Turn turn, PlaceStep places, Cleanup cleanup)
      throws StretcherException, SupersededException, InterruptedException {
    try (Cleanup temporary = new Cleanup(reporter)) {
      FetchedArchive archive =
          temporary.own(
              new FetchedArchive(engine, reporter, payload.archive(), first.lock(), byToc(sync)));
      StagingStep.Begun begun =
          new StagingStep(engine, reporter, sync, payload, archive, hooks.hasPre(), temporary)
              .begin(first.lock());
      ArchiveFetch.Result fetched =
          new ArchiveFetch(engine, reporter).fetch(payload.archive(), archive);
      fetched.toc().ifPresentOrElse(sync::expect, sync::expectNone);
      StagingStep.Settled staging = begun.settle(fetched);
      hooks.pre();
      HeldLock held = takeAgain(lock, first, turn, cleanup);
      T done = places.with(place -> apply(place, places, staging, held));
      return new Result<>(fetched.bytes(), fetched.verified(), task.finish(done, places, hooks));
    }
  }

  private HeldLock takeAgain(LockStep lock, HeldLock first, Turn turn, Cleanup cleanup)
      throws StretcherException, SupersededException, InterruptedException {
    Optional<HeldLock> moved = lock.acquireAgain(first);
    return moved.isPresent() ? take(moved.get(), turn, cleanup) : first;
  }

  /** Returns how to fetch only what dest lacks, if the manifest and the syncer allow that. */
  private Optional<ByToc> byToc(SyncStep sync) {
    Optional<Digest> toc = payload.archive().toc();
    if (toc.isEmpty() || !dest().hasFiles()) {
      return Optional.empty();
    }
    ContentFilter needed = sync.needed();
    return needed == ContentFilter.ALL
        ? Optional.empty()
        : Optional.of(
            new ByToc(
                toc.get(),
                needed,
                task.needsContents() ? Optional.empty() : Optional.of(this::isReadByPlan),
                sync::expect,
                sync::find));
  }

  /** A plan reads the patterns that are in the archive, and what costs nothing. */
  private boolean isReadByPlan(Entry entry) {
    return entry.size() == 0
        || payload.target().rules().excludeFrom().filter(entry.path()::equals).isPresent();
  }

  private T apply(
      PlaceStep.Held place, PlaceStep places, StagingStep.Settled staging, HeldLock held)
      throws StretcherException, InterruptedException {
    task.requirePlace(place.dest());
    StagedArchive staged = staging.finish(held.lock());
    if (staged.isIn(place.dest().path())) {
      place.own(staged);
    }
    // A syncer may not look before it begins to change dest.
    Interrupts.requireNone();
    T done = task.run(place.sync(), staged.tree());
    if (place.sync().syncer().makesLink()) {
      // The link may lead out of what is allowed, where the next deploy would be refused.
      places.requireAllowed(PinnedPlace.look(dest().path()));
    }
    return done;
  }

  /** Takes over a lock, and removes the leftovers of dead deploys that held it. */
  private HeldLock take(HeldLock held, Turn turn, Cleanup cleanup) throws SupersededException {
    cleanup.own(held);
    // What is named after a lock that was held before is this deploy's own.
    if (held.locks().of(held.lock().file()).isPresent()) {
      new LeftoverStep(engine, reporter).remove(dest(), held.lock());
    }
    turn.require(held.files().end());
    return held;
  }

  /** Returns the place as it is now; {@code pre} commands may change it. */
  private Dest dest() {
    return Dest.of(payload.target().dest());
  }
}
