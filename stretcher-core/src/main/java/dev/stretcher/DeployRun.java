package dev.stretcher;

import dev.stretcher.internal.archive.ArchiveDeploy;
import dev.stretcher.internal.archive.SyncTask;
import dev.stretcher.internal.dest.LockStep;
import dev.stretcher.internal.dest.SupersededException;
import dev.stretcher.internal.engine.Cleanup;
import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.event.DeployTask;
import dev.stretcher.internal.event.LedgerStep;
import dev.stretcher.internal.hook.HookEnvironment;
import dev.stretcher.internal.hook.Hooks;
import dev.stretcher.internal.hook.RunningHooks;
import dev.stretcher.internal.load.GivenManifest;
import dev.stretcher.internal.load.LoadedManifest;
import dev.stretcher.internal.load.ManifestStep;
import dev.stretcher.internal.release.Origins;
import dev.stretcher.internal.release.ReleaseTask;
import dev.stretcher.internal.sync.DurabilityStep;
import dev.stretcher.internal.sync.SyncPreparation;
import dev.stretcher.internal.sync.SyncStep;
import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.ledger.LedgerRecord.Outcome;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.option.OnBusy;
import dev.stretcher.option.Settings;
import dev.stretcher.process.Interrupts;
import dev.stretcher.release.Release;
import dev.stretcher.release.ReleaseSyncer;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.SyncReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** One deploy: the manifest, the work, and the commands that learn how the deploy ended. */
final class DeployRun {
  private final Engine engine;
  private final Reporter reporter;
  private final DeployTask task;
  private final GivenManifest given;
  private final Optional<BeforeSwitch> turn;
  private final LedgerStep ledger;
  private Optional<LoadedManifest> loaded = Optional.empty();
  private Optional<Path> place = Optional.empty();
  private Optional<ReleaseTask> releases = Optional.empty();
  private boolean recorded;

  DeployRun(Engine engine, Reporter reporter, DeployTask task) {
    this(engine, reporter, task, new GivenManifest.At(task.request().manifest()), Optional.empty());
  }

  DeployRun(
      Engine engine,
      Reporter reporter,
      DeployTask task,
      GivenManifest given,
      Optional<BeforeSwitch> turn) {
    this.given = given;
    this.turn = turn;
    this.engine = engine;
    this.reporter = reporter;
    this.task = task;
    this.ledger = new LedgerStep(engine, reporter);
  }

  Deployment run() throws StretcherException, InterruptedException {
    reporter.start();
    try {
      return deploy(load());
    } catch (InterruptedException e) {
      if (!recorded) {
        ledger.addSoon(ended(Outcome.CANCELLED, Optional.empty()));
      }
      throw e;
    }
  }

  private Deployment deploy(Manifest manifest) throws StretcherException, InterruptedException {
    Hooks hooks = hooks(manifest);
    try (Cleanup cleanup = new Cleanup(reporter)) {
      Result result = deploy(manifest, hooks, cleanup);
      // The deploy is done: an interrupt that comes later has come too late.
      Interrupts.requireNone();
      record(Outcome.SUCCEEDED, Optional.empty());
      reporter.report(new DeployEvent.Succeeded(reporter.elapsed()));
      hooks.success();
      reporter.report(new DeployEvent.Done());
      return result.deployment(reporter.elapsed());
    } catch (SupersededException e) {
      record(Outcome.SUPERSEDED, Optional.empty());
      Path dest = manifest.payload().orElseThrow().target().dest();
      reporter.report(new DeployEvent.Superseded(dest, reporter.elapsed()));
      return new Deployment.Superseded(manifest, reporter.elapsed());
    }
  }

  private Hooks hooks(Manifest manifest) {
    Hooks hooks =
        new RunningHooks(
            engine,
            reporter,
            manifest,
            new HookEnvironment(task.request().manifest(), task.id(), manifest));
    return turn.isPresent() ? new HooksInTurn(hooks, turn.get(), reporter) : hooks;
  }

  private Manifest load() throws StretcherException, InterruptedException {
    try {
      LoadedManifest manifest = new ManifestStep(engine, reporter).load(given);
      loaded = Optional.of(manifest);
      return manifest.manifest();
    } catch (StretcherException e) {
      record(Outcome.FAILED, Optional.of(e));
      throw e;
    }
  }

  private void record(Outcome outcome, Optional<StretcherException> failure) {
    recorded = true;
    ledger.add(ended(outcome, failure));
    if (outcome != Outcome.CANCELLED) {
      task.handled().run();
    }
  }

  private LedgerRecord ended(Outcome outcome, Optional<StretcherException> failure) {
    LedgerRecord record = task.record(engine.now(), loaded, place, outcome, failure);
    return releases.isPresent() ? record.with(releases.get().change()) : record;
  }

  private Result deploy(Manifest manifest, Hooks hooks, Cleanup cleanup)
      throws StretcherException, SupersededException, InterruptedException {
    try {
      return work(manifest, hooks, cleanup);
    } catch (StretcherException e) {
      throw failed(hooks, e);
    } catch (RuntimeException | Error e) {
      throw failed(hooks, new StretcherException.Defect(e));
    }
  }

  private <E extends StretcherException> E failed(Hooks hooks, E failure)
      throws InterruptedException {
    Interrupts.rethrow(failure);
    record(Outcome.FAILED, Optional.of(failure));
    reporter.report(new DeployEvent.Failed(failure, reporter.elapsed()));
    hooks.failure(failure);
    return failure;
  }

  private Result work(Manifest manifest, Hooks hooks, Cleanup cleanup)
      throws StretcherException, SupersededException, InterruptedException {
    if (manifest.payload().isEmpty()) {
      hooks.pre();
      hooks.post();
      hooks.health();
      return elapsed -> new Deployment.OfCommands(manifest, elapsed);
    }
    new SyncPreparation(engine, reporter).requireWayBack(manifest);
    Manifest.Payload payload = manifest.payload().get();
    SyncStep sync = new SyncPreparation(engine, reporter).prepare(payload);
    Path dest = payload.target().dest();
    LockStep lock = new LockStep(engine, reporter, dest, Optional.of(task.order()));
    DurabilityStep durability = new DurabilityStep(engine, dest);
    return sync.syncer() instanceof ReleaseSyncer
        ? release(payload, hooks, sync, lock, durability, cleanup)
        : sync(payload, hooks, sync, lock, durability, cleanup);
  }

  private Result sync(
      Manifest.Payload payload,
      Hooks hooks,
      SyncStep sync,
      LockStep lock,
      DurabilityStep durability,
      Cleanup cleanup)
      throws StretcherException, SupersededException, InterruptedException {
    ArchiveDeploy.Result<SyncReport> result =
        new ArchiveDeploy<>(engine, reporter, payload, hooks, new SyncTask(reporter, durability))
            .run(sync, lock, now -> requireNewest(payload.target().dest(), now), cleanup);
    durability.beforeSuccess();
    sync.keep();
    return deployed(result, result.done(), Optional.empty());
  }

  private Result release(
      Manifest.Payload payload,
      Hooks hooks,
      SyncStep sync,
      LockStep lock,
      DurabilityStep durability,
      Cleanup cleanup)
      throws StretcherException, SupersededException, InterruptedException {
    Origins origins = new Origins(engine, task.request().manifest(), loaded.orElseThrow());
    ReleaseTask release = new ReleaseTask(engine, reporter, origins, hooks, durability);
    releases = Optional.of(release);
    ArchiveDeploy.Result<ReleaseTask.Done> result =
        new ArchiveDeploy<>(engine, reporter, payload, hooks, release)
            .run(sync, lock, now -> requireNewest(payload.target().dest(), now), cleanup);
    return deployed(result, result.done().report(), Optional.of(result.done().release()));
  }

  private Result deployed(
      ArchiveDeploy.Result<?> result, SyncReport report, Optional<Release> release) {
    Manifest manifest = loaded.orElseThrow().manifest();
    return elapsed ->
        new Deployment.OfArchive(
            manifest, elapsed, result.bytes(), result.verified(), report, release);
  }

  /** Gives way if a newer event was handled before this one got the lock. */
  private void requireNewest(Path dest, Path now) throws SupersededException {
    place = Optional.of(now);
    // Not Set.of, which refuses a dest that leads nowhere else.
    if (engine.options().get(Settings.ON_BUSY) == OnBusy.NEWEST
        && ledger.hasNewer(new HashSet<>(List.of(dest, now)), task, engine.now())) {
      throw new SupersededException();
    }
  }

  /** What was done; how long it took is known only after the {@code success} commands. */
  @FunctionalInterface
  private interface Result {
    Deployment deployment(Duration elapsed);
  }
}
