package dev.stretcher.internal.load;

import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.manifest.ManifestKeys;
import dev.stretcher.option.Settings;
import dev.stretcher.process.Interrupts;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.Stage;
import dev.stretcher.report.StretcherException;

/** Loads the manifest of a deploy, and reports its warnings or why there is none. */
public final class ManifestStep {
  private final Engine engine;
  private final Reporter reporter;

  public ManifestStep(Engine engine, Reporter reporter) {
    this.engine = engine;
    this.reporter = reporter;
  }

  public LoadedManifest load(GivenManifest given) throws StretcherException, InterruptedException {
    try {
      LoadedManifest read = new ManifestLoader(engine, reporter).load(given);
      reporter.report(
          new DeployEvent.ExecutingManifest(read.manifest(), strategy(read.manifest())));
      return read;
    } catch (StretcherException e) {
      throw notStarted(e);
    } catch (RuntimeException | Error e) {
      throw notStarted(new StretcherException.Defect(Stage.MANIFEST, e));
    }
  }

  private <E extends StretcherException> E notStarted(E failure) throws InterruptedException {
    Interrupts.rethrow(failure);
    reporter.report(new DeployEvent.NotStarted(failure, reporter.elapsed()));
    return failure;
  }

  private String strategy(Manifest manifest) {
    return ManifestKeys.SYNC_STRATEGY
        .of(manifest)
        .orElse(engine.options().get(Settings.SYNC_STRATEGY));
  }
}
