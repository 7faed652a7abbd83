package dev.stretcher;

import dev.stretcher.manifest.Manifest;
import dev.stretcher.spi.SyncReport;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;

/** One deploy: the manifest, the work, and the commands that are told how it ended. */
final class DeployRun {
  private final Engine engine;
  private final Reporter reporter;

  DeployRun(Engine engine, Reporter reporter) {
    this.engine = engine;
    this.reporter = reporter;
  }

  Deployment run(URI uri) throws StretcherException, InterruptedException {
    long start = System.nanoTime();
    Manifest manifest = new ManifestStep(engine, reporter).load(uri).manifest();
    Hooks hooks =
        new RunningHooks(
            engine,
            reporter,
            manifest.commands(),
            new HookEnvironment(uri, UUID.randomUUID().toString(), manifest));
    try (Cleanup cleanup = new Cleanup(reporter)) {
      Outcome outcome = deploy(manifest, hooks, cleanup);
      reporter.report(new DeployEvent.Succeeded());
      hooks.success();
      reporter.report(new DeployEvent.Done());
      return outcome.deployment(Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private Outcome deploy(Manifest manifest, Hooks hooks, Cleanup cleanup)
      throws StretcherException, InterruptedException {
    try {
      if (manifest.payload().isPresent()) {
        Manifest.Payload payload = manifest.payload().get();
        ArchiveDeploy.Result<SyncReport> result =
            new ArchiveDeploy<>(engine, reporter, payload, hooks, new SyncTask(reporter))
                .run(cleanup);
        return elapsed ->
            new Deployment.OfArchive(
                manifest,
                elapsed,
                result.fetched().bytes(),
                result.fetched().verified(),
                result.done());
      }
      hooks.pre();
      hooks.post();
      return elapsed -> new Deployment.OfCommands(manifest, elapsed);
    } catch (StretcherException e) {
      Interrupts.rethrow(e);
      reporter.report(new DeployEvent.Failed(e));
      hooks.failure(e);
      throw e;
    }
  }

  /** What was done; how long it took is known only after the {@code success} commands. */
  @FunctionalInterface
  private interface Outcome {
    Deployment deployment(Duration elapsed);
  }
}
