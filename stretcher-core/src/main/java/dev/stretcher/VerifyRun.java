package dev.stretcher;

import dev.stretcher.file.RealPath;
import dev.stretcher.internal.deployed.DeployedExcludes;
import dev.stretcher.internal.deployed.DeployedToc;
import dev.stretcher.internal.deployed.DeployedTocs;
import dev.stretcher.internal.deployed.DestCheck;
import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.plugin.KeptRelease;
import dev.stretcher.internal.plugin.ReleaseDest;
import dev.stretcher.internal.release.SharedNames;
import dev.stretcher.release.ReleaseComparison;
import dev.stretcher.release.ReleaseSyncer;
import dev.stretcher.report.Difference;
import dev.stretcher.report.VerifyReport;
import dev.stretcher.spi.Syncer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares a dest with what was deployed there last; changes nothing. */
record VerifyRun(Engine engine, Reporter reporter) {
  Optional<VerifyReport> run(Path dest, boolean full) throws IOException, InterruptedException {
    Path named = dest.toAbsolutePath().normalize();
    Optional<KeptRelease> live =
        ReleaseDest.isOne(engine.plugins(), named)
            ? KeptRelease.live(engine.plugins(), named)
            : Optional.empty();
    if (live.isPresent()) {
      return compare(live.get(), full);
    }
    Path real = RealPath.of(named);
    Optional<DeployedToc> deployed = new DeployedTocs(engine, reporter).find(real);
    if (deployed.isPresent()) {
      return Optional.of(compare(deployed.get(), real, full));
    }
    Optional<KeptRelease> release = KeptRelease.at(engine.plugins(), real);
    return release.isPresent() ? compare(release.get(), full) : Optional.empty();
  }

  private Optional<VerifyReport> compare(KeptRelease kept, boolean full)
      throws IOException, InterruptedException {
    Path real = RealPath.of(kept.release().directory());
    Optional<DeployedToc> deployed = new DeployedTocs(engine, reporter).find(real);
    if (deployed.isPresent()) {
      return Optional.of(compare(deployed.get(), real, full));
    }
    Optional<ReleaseComparison> listed = kept.syncer().compare(kept.dest(), kept.release());
    if (listed.isPresent() && full) {
      throw new IOException(
          "release %s was made without toc, so that the digests of its contents are not known; leave out --full, or deploy by a manifest with toc"
              .formatted(kept.release().id()));
    }
    return listed.map(
        found ->
            new VerifyReport(real, Optional.empty(), false, found.names(), found.differences()));
  }

  private VerifyReport compare(DeployedToc deployed, Path real, boolean full)
      throws IOException, InterruptedException {
    Optional<SharedNames> shared = shared(deployed.excludes());
    DestCheck check =
        new DestCheck(
            deployed,
            real,
            shared.isPresent() ? shared.get().leftAlone() : leftAlone(deployed.excludes()),
            full,
            engine.options());
    List<Difference> differences = new ArrayList<>(check.run());
    shared.ifPresent(names -> differences.removeIf(names::explain));
    return new VerifyReport(
        real, Optional.of(deployed.toc().digest()), full, check.compared(), differences);
  }

  private Optional<SharedNames> shared(DeployedExcludes excludes) {
    return engine
        .plugins()
        .syncer(excludes.strategy())
        .filter(ReleaseSyncer.class::isInstance)
        .map(syncer -> new SharedNames(excludes.patterns()));
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
