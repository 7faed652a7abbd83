package dev.stretcher;

import dev.stretcher.internal.dest.Dest;
import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.fetch.Verifications;
import dev.stretcher.internal.load.LoadedManifest;
import dev.stretcher.internal.load.ManifestLoader;
import dev.stretcher.internal.sync.SyncStep;
import dev.stretcher.manifest.CommandList;
import dev.stretcher.manifest.Comparison;
import dev.stretcher.manifest.Links;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.option.Settings;
import dev.stretcher.process.Interrupts;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.BadManifest;
import dev.stretcher.spi.SyncPlan;
import dev.stretcher.text.GoDuration;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.RedactedUri;
import dev.stretcher.yaml.Problem;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out what a deploy would do and what would stop it, without doing it. */
final class Checker {
  private final Engine engine;
  private final Reporter reporter;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();
  private final List<String> steps = new ArrayList<>();
  private Optional<SyncPlan> planned = Optional.empty();

  Checker(Engine engine) {
    this.engine = engine;
    this.reporter = new Reporter(List.of(this::heed), engine.clock(), engine.options());
  }

  CheckReport check(URI uri) throws InterruptedException {
    inspect(uri);
    return report(uri);
  }

  CheckReport checkAgainstDest(URI uri) throws InterruptedException {
    Optional<Manifest> manifest = inspect(uri);
    if (manifest.isPresent() && problems.isEmpty()) {
      plan(manifest.get());
    }
    return report(uri);
  }

  private CheckReport report(URI uri) throws InterruptedException {
    Interrupts.requireNone();
    return new CheckReport(uri, steps, planned, warnings, problems);
  }

  /** Notes the plan and what it cannot tell; the rest of its log repeats the steps. */
  private void heed(DeployEvent event) {
    if (event instanceof DeployEvent.NotPlanned || event instanceof DeployEvent.Warning) {
      warnings.add(new Problem(0, 0, event.message()));
    } else if (event instanceof DeployEvent.Planned what) {
      planned = Optional.of(what.plan());
    }
  }

  private void plan(Manifest manifest) throws InterruptedException {
    try {
      new PlanRun(engine, reporter).plan(manifest);
    } catch (StretcherException e) {
      problem(e.getMessage());
    }
  }

  /** Returns the manifest, if there is one that can be read. */
  private Optional<Manifest> inspect(URI uri) throws InterruptedException {
    try {
      LoadedManifest read = new ManifestLoader(engine, reporter).load(uri);
      warnings.addAll(read.warnings());
      Manifest manifest = read.manifest();
      manifest.payload().ifPresent(payload -> fetchAndVerify(payload.archive()));
      run("pre", manifest.commands().pre());
      manifest.payload().ifPresent(payload -> sync(payload.target(), manifest));
      run("post", manifest.commands().post());
      run("success", manifest.commands().success());
      run("failure", manifest.commands().failure());
      return Optional.of(manifest);
    } catch (StretcherException e) {
      Interrupts.rethrow(e);
      problems.addAll(
          e instanceof BadManifest bad
              ? bad.problems()
              : List.of(new Problem(0, 0, e.getMessage())));
    }
    return Optional.empty();
  }

  private void fetchAndVerify(Manifest.Archive archive) {
    URI src = archive.src();
    steps.add("fetch " + RedactedUri.of(src));
    if (engine.plugins().source(src).isEmpty()) {
      problem(
          "src: no source for %s; use one of %s"
              .formatted(RedactedUri.of(src), String.join(", ", engine.plugins().schemes())));
    }
    try {
      Verifications.begin(engine.plugins().verifiers(), archive);
      archive.checksum().ifPresent(checksum -> steps.add("verify " + checksum));
    } catch (StretcherException e) {
      problem(e.getMessage());
    }
  }

  private void sync(Manifest.Target target, Manifest manifest) {
    String strategy = target.syncStrategy().orElse(engine.options().get(Settings.SYNC_STRATEGY));
    StringBuilder step =
        new StringBuilder("sync %s by %s".formatted(NativeText.text(target.dest()), strategy));
    target.mode().ifPresent(mode -> step.append(", mode ").append(mode));
    if (!target.excludes().isEmpty()) {
      step.append(", without ").append(String.join(" ", target.excludes()));
    }
    target.excludeFrom().ifPresent(file -> step.append(", without what is in ").append(file));
    if (target.comparison() == Comparison.CHECKSUM) {
      step.append(", comparing contents");
    }
    if (target.links() == Links.INSIDE) {
      step.append(", links inside only");
    }
    target.maxDelete().ifPresent(limit -> step.append(", deleting at most ").append(limit));
    steps.add(step.toString());
    try {
      SyncStep.prepare(engine, reporter, target);
    } catch (StretcherException e) {
      problem(e.getMessage());
    }
    requirePlace(target, !manifest.commands().pre().isEmpty());
  }

  private void requirePlace(Manifest.Target target, boolean preMayMendIt) {
    try {
      Dest.of(target.dest()).require();
    } catch (StretcherException e) {
      (preMayMendIt ? warnings : problems).add(new Problem(0, 0, e.getMessage()));
    }
  }

  private void run(String phase, CommandList list) {
    String whole =
        list.timeout().map(limit -> ", all within " + GoDuration.format(limit)).orElse("");
    for (CommandList.Item command : list.commands()) {
      String own =
          command.timeout().map(limit -> " (within " + GoDuration.format(limit) + ")").orElse("");
      steps.add(phase + whole + ": " + command.line() + own);
    }
  }

  private void problem(String message) {
    problems.add(new Problem(0, 0, message));
  }
}
