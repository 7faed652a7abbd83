package dev.stretcher;

import dev.stretcher.internal.archive.ArchiveDeploy;
import dev.stretcher.internal.archive.PlanTask;
import dev.stretcher.internal.archive.TreeTask;
import dev.stretcher.internal.dest.LockStep;
import dev.stretcher.internal.dest.SupersededException;
import dev.stretcher.internal.engine.Cleanup;
import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.hook.AnnouncedHooks;
import dev.stretcher.internal.hook.Hooks;
import dev.stretcher.internal.load.GivenManifest;
import dev.stretcher.internal.load.LoadedManifest;
import dev.stretcher.internal.load.ManifestStep;
import dev.stretcher.internal.release.Origins;
import dev.stretcher.internal.release.ReleasePlanTask;
import dev.stretcher.internal.sync.SyncPreparation;
import dev.stretcher.internal.sync.SyncStep;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.process.Interrupts;
import dev.stretcher.release.ReleaseSyncer;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.SyncPlan;
import java.util.Optional;

/** One dry run: a deploy that runs no command and stops short of the sync. */
final class PlanRun {
  private final Engine engine;
  private final Reporter reporter;

  PlanRun(Engine engine, Reporter reporter) {
    this.engine = engine;
    this.reporter = reporter;
  }

  DeployPlan run(GivenManifest given) throws StretcherException, InterruptedException {
    reporter.report(new DeployEvent.DryRunStarted());
    reporter.start();
    return plan(given, new ManifestStep(engine, reporter).load(given));
  }

  /** Plans the deploy of a manifest that was loaded. */
  DeployPlan plan(GivenManifest given, LoadedManifest loaded)
      throws StretcherException, InterruptedException {
    Manifest manifest = loaded.manifest();
    Hooks hooks = new AnnouncedHooks(reporter, manifest);
    try (Cleanup cleanup = new Cleanup(reporter)) {
      DeployPlan plan = plan(new Origins(engine, given.uri(), loaded), hooks, cleanup);
      Interrupts.requireNone();
      hooks.success();
      reporter.report(new DeployEvent.DryRunDone(reporter.elapsed()));
      return plan;
    } catch (StretcherException e) {
      throw failed(hooks, e);
    } catch (SupersededException | RuntimeException | Error e) {
      // What only looks has no place in the queue, and cannot be superseded.
      throw failed(hooks, new StretcherException.Defect(e));
    }
  }

  private <E extends StretcherException> E failed(Hooks hooks, E failure)
      throws InterruptedException {
    Interrupts.rethrow(failure);
    reporter.report(new DeployEvent.DryRunFailed(failure, reporter.elapsed()));
    hooks.failure(failure);
    return failure;
  }

  private DeployPlan plan(Origins origins, Hooks hooks, Cleanup cleanup)
      throws StretcherException, SupersededException, InterruptedException {
    Manifest manifest = origins.loaded().manifest();
    if (manifest.payload().isEmpty()) {
      hooks.pre();
      hooks.post();
      hooks.health();
      return new DeployPlan.OfCommands(manifest);
    }
    new SyncPreparation(engine, reporter).requireWayBack(manifest);
    Manifest.Payload payload = manifest.payload().get();
    LockStep lock = new LockStep(engine, reporter, payload.target().dest(), Optional.empty());
    SyncStep sync = new SyncPreparation(engine, reporter).prepare(payload);
    PlanTask syncing = new PlanTask(reporter, hooks.hasPre());
    TreeTask<Optional<SyncPlan>> task =
        sync.syncer() instanceof ReleaseSyncer ? new ReleasePlanTask(syncing, origins) : syncing;
    ArchiveDeploy.Result<Optional<SyncPlan>> result =
        new ArchiveDeploy<>(engine, reporter, payload, hooks, task)
            .run(sync, lock, place -> {}, cleanup);
    return new DeployPlan.OfArchive(manifest, result.bytes(), result.verified(), result.done());
  }
}
