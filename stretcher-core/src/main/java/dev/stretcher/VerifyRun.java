package dev.stretcher;

import dev.stretcher.file.RealPath;
import dev.stretcher.internal.deployed.DeployedExcludes;
import dev.stretcher.internal.deployed.DeployedToc;
import dev.stretcher.internal.deployed.DeployedTocs;
import dev.stretcher.internal.deployed.DestCheck;
import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.report.Difference;
import dev.stretcher.report.VerifyReport;
import dev.stretcher.spi.Syncer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Compares a dest with what was deployed there last; changes nothing. */
record VerifyRun(Engine engine, Reporter reporter) {
  Optional<VerifyReport> run(Path dest, boolean full) throws IOException, InterruptedException {
    Path real = RealPath.of(dest.toAbsolutePath().normalize());
    Optional<DeployedToc> deployed = new DeployedTocs(engine, reporter).find(real);
    return deployed.isPresent()
        ? Optional.of(compare(deployed.get(), real, full))
        : Optional.empty();
  }

  private VerifyReport compare(DeployedToc deployed, Path real, boolean full)
      throws IOException, InterruptedException {
    DestCheck check =
        new DestCheck(deployed, real, leftAlone(deployed.excludes()), full, engine.options());
    List<Difference> differences = check.run();
    return new VerifyReport(real, deployed.toc().digest(), full, check.compared(), differences);
  }

  private Syncer.LeftAlone leftAlone(DeployedExcludes excludes) throws IOException {
    if (excludes.isEmpty()) {
      return Syncer.LeftAlone.NONE;
    }
    Optional<Syncer> syncer = engine.plugins().syncer(excludes.strategy());
    Optional<Syncer.LeftAlone> known =
        syncer.isPresent()
            ? syncer
                .get()
                .leftAlone(
                    excludes.patterns(), excludes.file().getBytes(StandardCharsets.ISO_8859_1))
            : Optional.empty();
    return known.orElseThrow(
        () ->
            new IOException(
                "sync_strategy %s, by which it was deployed, %s"
                    .formatted(
                        excludes.strategy(),
                        syncer.isPresent()
                            ? "cannot tell which names the manifest excludes"
                            : "is not there any more; only it knows which names are excluded")));
  }
}
