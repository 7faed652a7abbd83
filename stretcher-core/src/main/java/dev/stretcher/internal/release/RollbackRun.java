package dev.stretcher.internal.release;

import dev.stretcher.internal.archive.PlaceStep;
import dev.stretcher.internal.dest.Dest;
import dev.stretcher.internal.dest.HeldLock;
import dev.stretcher.internal.dest.LockStep;
import dev.stretcher.internal.dest.SupersededException;
import dev.stretcher.internal.engine.Cleanup;
import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Moment;
import dev.stretcher.internal.engine.Reason;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.event.LedgerStep;
import dev.stretcher.internal.plugin.ReleaseDest;
import dev.stretcher.internal.stage.LeftoverStep;
import dev.stretcher.internal.sync.SyncPreparation;
import dev.stretcher.internal.sync.SyncStep;
import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.ledger.LedgerRecord.Outcome;
import dev.stretcher.process.Interrupts;
import dev.stretcher.release.Accept;
import dev.stretcher.release.NewRelease;
import dev.stretcher.release.Release;
import dev.stretcher.release.ReleaseSyncer;
import dev.stretcher.release.Rollback;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.Failure;
import dev.stretcher.report.StretcherException.SyncFailed;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One rollback that an operator wants, from the lock of dest to the last command. */
public final class RollbackRun {
  private final Engine engine;
  private final Reporter reporter;
  private final Moment arrived;
  private final Path dest;
  private final LedgerStep ledger;
  private Optional<WayBack> way = Optional.empty();
  private Optional<Path> place = Optional.empty();

  /**
   * Creates the run.
   *
   * @param arrived when the operator asked for it
   * @param dest an absolute path, as the manifest names it
   */
  public RollbackRun(Engine engine, Reporter reporter, Moment arrived, Path dest) {
    this.engine = engine;
    this.reporter = reporter;
    this.arrived = arrived;
    this.dest = dest;
    this.ledger = new LedgerStep(engine, reporter);
  }

  /**
   * Rolls back.
   *
   * @param id which release becomes live; empty for the good one before the live one
   * @param accept which releases may be named
   */
  public Rollback run(Optional<String> id, Accept accept)
      throws StretcherException, InterruptedException {
    reporter.start();
    try (Cleanup cleanup = new Cleanup(reporter)) {
      Rollback done = roll(id, accept, cleanup);
      reporter.report(new DeployEvent.Done());
      return done;
    } catch (StretcherException e) {
      throw failed(e);
    } catch (SupersededException | RuntimeException | Error e) {
      // It has no place in the queue, and cannot be superseded.
      throw failed(new StretcherException.Defect(e));
    }
  }

  private <E extends StretcherException> E failed(E failure) throws InterruptedException {
    Interrupts.rethrow(failure);
    Duration elapsed = reporter.elapsed();
    reporter.report(
        way.map(back -> back.failed(failure, elapsed, Optional.empty()))
            .orElseGet(
                () ->
                    new DeployEvent.RollbackFailed(
                        failure, elapsed, Optional.empty(), Optional.empty())));
    return failure;
  }

  private Rollback roll(Optional<String> id, Accept accept, Cleanup cleanup)
      throws StretcherException, SupersededException, InterruptedException {
    ReleaseSyncer syncer = syncer();
    LockStep lock = new LockStep(engine, reporter, dest, Turns.onlyIfAtOnce(engine, arrived));
    HeldLock held = cleanup.own(lock.acquire());
    long start = System.nanoTime();
    place = Optional.of(held.files().end());
    new LeftoverStep(engine, reporter).remove(Dest.of(dest), held.lock());
    SyncStep sync = new SyncPreparation(engine, reporter).prepare(syncer, dest);
    PlaceStep places = new PlaceStep(engine, reporter, sync, dest, false);
    RollbackTarget target = places.with(at -> choose(ReleaseSteps.of(at).list(), id, accept));
    go(target, accept, places);
    List<Release> now = places.with(at -> ReleaseSteps.of(at).list());
    Release reached = way.flatMap(WayBack::reached).orElseThrow();
    return new Rollback(
        target.from().map(left -> Releases.named(now, left.id()).orElse(left)),
        Releases.named(now, reached.id()).orElse(reached),
        Duration.ofNanos(System.nanoTime() - start));
  }

  private RollbackTarget choose(List<Release> there, Optional<String> id, Accept accept)
      throws SyncFailed {
    RollbackTarget.Choice choice = new RollbackTarget.Choice(dest, there);
    return id.isPresent() ? choice.named(id.get(), accept) : choice.previous();
  }

  private ReleaseSyncer syncer() throws SyncFailed {
    try {
      return ReleaseDest.require(engine.plugins(), dest);
    } catch (IOException e) {
      throw new SyncFailed(dest, Failure.of(Reason.withFile(e), e));
    }
  }

  /** Whatever comes of it is in the ledger before the lock is released, once dest has changed. */
  private void go(RollbackTarget target, Accept accept, PlaceStep places)
      throws StretcherException, InterruptedException {
    WayBack back = new WayBack(engine, reporter, places, accept);
    way = Optional.of(back);
    try {
      back.go(target);
    } catch (InterruptedException e) {
      back.reached()
          .ifPresent(to -> ledger.addSoon(record(target, to, Outcome.CANCELLED, Optional.empty())));
      throw e;
    } catch (StretcherException e) {
      Interrupts.rethrow(e);
      back.reached()
          .ifPresent(
              to -> ledger.add(record(target, to, Outcome.FAILED, Optional.of(e.getMessage()))));
      throw e;
    }
    back.reached()
        .ifPresent(to -> ledger.add(record(target, to, Outcome.ROLLED_BACK, Optional.empty())));
  }

  /** It has no event, so that whatever event led to what was left stays handled. */
  private LedgerRecord record(
      RollbackTarget target, Release to, Outcome outcome, Optional<String> error) {
    String named = NativeText.text(dest);
    Moment now = engine.now();
    return new LedgerRecord(
        now.time(),
        arrived.time(),
        reporter.deploy().id().orElse(""),
        Optional.empty(),
        0,
        to.origin().map(NewRelease::manifestUrl).orElse("release:" + to.id()),
        to.origin().map(NewRelease::manifestDigest).filter(digest -> !digest.isEmpty()),
        Optional.of(named),
        outcome,
        error,
        place.map(NativeText::text).filter(text -> !text.equals(named)),
        arrived.sinceBoot(),
        now.sinceBoot(),
        new LedgerRecord.ReleaseChange(
            Optional.of(to.id()), target.from().map(Release::id), Optional.empty()));
  }
}
