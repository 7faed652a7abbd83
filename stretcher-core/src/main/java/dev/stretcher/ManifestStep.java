package dev.stretcher;

import dev.stretcher.process.Interrupts;
import dev.stretcher.yaml.Problem;
import java.net.URI;

/** Loads the manifest of a deploy, and tells of its warnings or why there is none. */
final class ManifestStep {
  private final Engine engine;
  private final Reporter reporter;

  ManifestStep(Engine engine, Reporter reporter) {
    this.engine = engine;
    this.reporter = reporter;
  }

  LoadedManifest load(URI uri) throws StretcherException, InterruptedException {
    try {
      LoadedManifest read = new ManifestLoader(engine, reporter).load(uri);
      for (Problem warning : read.warnings()) {
        reporter.report(new DeployEvent.ManifestWarning(warning));
      }
      reporter.report(new DeployEvent.ExecutingManifest(read.manifest()));
      return read;
    } catch (StretcherException e) {
      Interrupts.rethrow(e);
      reporter.report(new DeployEvent.NotStarted(e));
      throw e;
    }
  }
}
