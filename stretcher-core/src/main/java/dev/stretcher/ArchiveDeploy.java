package dev.stretcher;

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
import dev.stretcher.internal.load.ManifestPolicy;
import dev.stretcher.internal.stage.LeftoverStep;
import dev.stretcher.internal.stage.StagedArchive;
import dev.stretcher.internal.stage.StagingStep;
import dev.stretcher.internal.sync.SyncPreparation;
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
 * The deploy of an archive, from its fetch to the {@code post} commands.
 *
 * @param <T> what comes of the unpacked archive
 */
final class ArchiveDeploy<T> {
  private final Engine engine;
  private final Reporter reporter;
  private final Manifest.Payload payload;
  private final Hooks hooks;
  private final TreeTask<T> task;

  ArchiveDeploy(
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
   * @param fetched the archive
   * @param sync what brought dest to it
   * @param done what came of it
   */
  record Result<T>(ArchiveFetch.Result fetched, SyncStep sync, T done) {}

  /**
   * Refuses to deploy to {@code place}, whose lock is held now, if a newer deploy has been there.
   */
  @FunctionalInterface
  interface Turn {
    void require(Path place) throws SupersededException;
  }

  /** Deploys. {@code cleanup} keeps the lock until the result has been reported. */
  Result<T> run(LockStep lock, Turn turn, Cleanup cleanup)
      throws StretcherException, SupersededException, InterruptedException {
    SyncStep sync = new SyncPreparation(engine, reporter).prepare(payload);
    if (!hooks.hasPre()) {
      dest().require();
    }
    HeldLock first = take(lock.acquire(), turn, cleanup);
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
      Optional<HeldLock> moved = lock.acquireAgain(first);
      HeldLock held = moved.isPresent() ? take(moved.get(), turn, cleanup) : first;
      T done = apply(sync, staging, held);
      hooks.post();
      return new Result<>(fetched, sync, done);
    }
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
                sync::expect));
  }

  /** A plan reads the patterns that are in the archive, and what costs nothing. */
  private boolean isReadByPlan(Entry entry) {
    return entry.size() == 0
        || payload.target().rules().excludeFrom().filter(entry.path()::equals).isPresent();
  }

  /**
   * Works on the directory that dest is now, and releases it, with what is staged in it, before the
   * next commands, which may unmount it.
   */
  private T apply(SyncStep sync, StagingStep.Settled staging, HeldLock held)
      throws StretcherException, InterruptedException {
    Dest dest = dest();
    try (Cleanup holding = new Cleanup(reporter)) {
      PinnedPlace place = holding.own(dest.hold());
      requireAllowed(place);
      task.requirePlace(dest);
      StagedArchive staged = staging.finish(held.lock());
      if (staged.isIn(dest.path())) {
        holding.own(staged);
      }
      // A syncer may not look before it begins to change dest.
      Interrupts.requireNone();
      T done = task.run(sync.at(place), staged.tree());
      if (sync.syncer().makesLink()) {
        // The link may lead out of what is allowed, where the next deploy would be refused.
        requireAllowed(PinnedPlace.look(dest().path()));
      }
      return done;
    }
  }

  private void requireAllowed(PinnedPlace place) throws StretcherException {
    new ManifestPolicy(engine, reporter)
        .requireDest(payload.target().dest(), place, hooks.hasPre());
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
