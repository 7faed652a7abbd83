package dev.stretcher.internal.release;

import dev.stretcher.internal.archive.ArchiveDeploy;
import dev.stretcher.internal.dest.LockStep;
import dev.stretcher.internal.dest.SupersededException;
import dev.stretcher.internal.engine.Cleanup;
import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.event.DeployTask;
import dev.stretcher.internal.event.LedgerStep;
import dev.stretcher.internal.hook.NoHooks;
import dev.stretcher.internal.load.GivenManifest;
import dev.stretcher.internal.load.LoadedManifest;
import dev.stretcher.internal.load.ManifestStep;
import dev.stretcher.internal.sync.SyncPreparation;
import dev.stretcher.internal.sync.SyncStep;
import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.ledger.LedgerRecord.Outcome;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.process.Interrupts;
import dev.stretcher.release.Release;
import dev.stretcher.release.ReleaseSyncer;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.BadManifest;
import dev.stretcher.report.StretcherException.Failure;
import dev.stretcher.report.StretcherException.SyncFailed;
import dev.stretcher.text.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One deploy up to the point where an application would notice it. */
public final class PrepareRun {
  private final Engine engine;
  private final Reporter reporter;
  private final DeployTask task;
  private final GivenManifest given;

  public PrepareRun(Engine engine, Reporter reporter, DeployTask task, GivenManifest given) {
    this.engine = engine;
    this.reporter = reporter;
    this.task = task;
    this.given = given;
  }

  public Release run() throws StretcherException, InterruptedException {
    reporter.start();
    LoadedManifest loaded = load();
    try (Cleanup cleanup = new Cleanup(reporter)) {
      Release prepared = prepare(loaded, cleanup);
      reporter.report(new DeployEvent.Done());
      return prepared;
    } catch (StretcherException e) {
      throw failed(loaded, e);
    } catch (SupersededException | RuntimeException | Error e) {
      // What no application notices has no place in the queue, and cannot be superseded.
      throw failed(loaded, new StretcherException.Defect(e));
    }
  }

  private LoadedManifest load() throws StretcherException, InterruptedException {
    try {
      return new ManifestStep(engine, reporter).load(given);
    } catch (StretcherException e) {
      Interrupts.rethrow(e);
      record(Optional.empty(), Outcome.UNPREPARED, Optional.of(e), LedgerRecord.ReleaseChange.NONE);
      throw e;
    }
  }

  private <E extends StretcherException> E failed(LoadedManifest loaded, E failure)
      throws InterruptedException {
    Interrupts.rethrow(failure);
    record(
        Optional.of(loaded),
        Outcome.UNPREPARED,
        Optional.of(failure),
        LedgerRecord.ReleaseChange.NONE);
    reporter.report(new DeployEvent.PrepareFailed(failure, reporter.elapsed()));
    return failure;
  }

  private void record(
      Optional<LoadedManifest> loaded,
      Outcome outcome,
      Optional<StretcherException> failure,
      LedgerRecord.ReleaseChange change) {
    new LedgerStep(engine, reporter)
        .add(task.record(engine.now(), loaded, Optional.empty(), outcome, failure).with(change));
  }

  private Release prepare(LoadedManifest loaded, Cleanup cleanup)
      throws StretcherException, SupersededException, InterruptedException {
    Manifest.Payload payload = payload(loaded.manifest());
    SyncStep sync = new SyncPreparation(engine, reporter).prepare(payload);
    Path dest = payload.target().dest();
    if (!(sync.syncer() instanceof ReleaseSyncer)) {
      throw new SyncFailed(
          dest,
          Failure.of(
                  "sync_strategy %s keeps no releases that could be prepared"
                      .formatted(sync.syncer().name()))
              .withRemedy("use sync_strategy: release"));
    }
    Release prepared =
        new ArchiveDeploy<>(
                engine,
                reporter,
                payload,
                NoHooks.INSTANCE,
                new PrepareTask(reporter, new Origins(engine, given.uri(), loaded)))
            .run(
                sync,
                new LockStep(engine, reporter, dest, Turns.onlyIfAtOnce(engine, task.arrived())),
                place -> {},
                cleanup)
            .done();
    LedgerRecord.ReleaseChange change =
        new LedgerRecord.ReleaseChange(
            Optional.of(prepared.id()), Optional.empty(), Optional.empty());
    record(Optional.of(loaded), Outcome.PREPARED, Optional.empty(), change);
    return prepared;
  }

  private Manifest.Payload payload(Manifest manifest) throws BadManifest {
    if (manifest.payload().isPresent()) {
      return manifest.payload().get();
    }
    String text = "it has no src, and there is nothing to prepare";
    throw new BadManifest(
        given.uri(), List.of(new Problem(0, 0, text)), List.of(), Failure.of(text));
  }
}
