package dev.stretcher;

import dev.stretcher.internal.dest.Dest;
import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.fetch.Verifications;
import dev.stretcher.internal.load.GivenManifest;
import dev.stretcher.internal.load.LoadedManifest;
import dev.stretcher.internal.load.ManifestLoader;
import dev.stretcher.internal.load.ManifestPolicy;
import dev.stretcher.internal.sync.SyncPreparation;
import dev.stretcher.manifest.CommandList;
import dev.stretcher.manifest.Commands;
import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.Health;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.manifest.ManifestException;
import dev.stretcher.manifest.ManifestKey;
import dev.stretcher.manifest.ManifestKeys;
import dev.stretcher.manifest.ManifestReader;
import dev.stretcher.manifest.ManifestValues;
import dev.stretcher.option.Settings;
import dev.stretcher.process.Interrupts;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.BadManifest;
import dev.stretcher.spi.SyncPlan;
import dev.stretcher.text.GoDuration;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.Problem;
import dev.stretcher.text.RedactedUri;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out what a deploy would do and what would stop it; changes nothing. */
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

  CheckReport check(GivenManifest given) throws InterruptedException {
    inspect(given);
    return report(given.uri());
  }

  CheckReport checkAgainstDest(GivenManifest given) throws InterruptedException {
    Optional<Manifest> manifest = inspect(given);
    if (manifest.isPresent() && problems.isEmpty()) {
      plan(given, manifest.get());
    }
    return report(given.uri());
  }

  private CheckReport report(URI uri) throws InterruptedException {
    Interrupts.requireNone();
    return new CheckReport(uri, steps, planned, warnings, problems);
  }

  /** Notes the plan, and what the plan cannot tell; the rest of its log repeats the steps. */
  private void heed(DeployEvent event) {
    if (event instanceof DeployEvent.NotPlanned || event instanceof DeployEvent.Warning) {
      warnings.add(new Problem(0, 0, event.message()));
    } else if (event instanceof DeployEvent.Planned what) {
      planned = Optional.of(what.plan());
    }
  }

  private void plan(GivenManifest given, Manifest manifest) throws InterruptedException {
    try {
      new PlanRun(engine, reporter).plan(given, LoadedManifest.written(manifest));
    } catch (StretcherException e) {
      problem(e.getMessage());
    }
    reporter.settle();
  }

  /** Returns the manifest, if it can be read. */
  private Optional<Manifest> inspect(GivenManifest given) throws InterruptedException {
    try {
      ManifestReader.Reading read = new ManifestLoader(engine, reporter).examine(given);
      warnings.addAll(read.warnings());
      Optional<Manifest> manifest = manifest(read);
      look(read.values());
      manifest.ifPresent(this::tell);
      return manifest;
    } catch (StretcherException e) {
      Interrupts.rethrow(e);
      problems.addAll(
          e instanceof BadManifest bad
              ? bad.problems()
              : List.of(new Problem(0, 0, e.getMessage())));
    } catch (RuntimeException | Error e) {
      Interrupts.rethrow(e);
      problem(new StretcherException.Defect(e).getMessage());
    }
    return Optional.empty();
  }

  private Optional<Manifest> manifest(ManifestReader.Reading read) {
    try {
      return Optional.of(read.manifest());
    } catch (ManifestException e) {
      problems.addAll(e.problems());
      return Optional.empty();
    }
  }

  /** Finds what would stop the deploy of a manifest, also if some of it is wrong. */
  private void look(ManifestValues values) {
    new ManifestPolicy(engine, reporter)
        .refusesContent(values)
        .ifPresent(refusal -> problem(refusal.getMessage()));
    if (values.hasSrc()) {
      values.get(ManifestKeys.SRC).ifPresent(src -> lookAtArchive(src, values));
      new SyncPreparation(engine, reporter).problems(values).forEach(this::problem);
      values.get(ManifestKeys.DEST).ifPresent(dest -> lookAtPlace(dest, values));
    }
  }

  private void lookAtArchive(URI src, ManifestValues values) {
    if (engine.plugins().source(src).isEmpty()) {
      problem(
          "src: no source for %s; use one of %s"
              .formatted(RedactedUri.of(src), String.join(", ", engine.plugins().schemes())));
    }
    Optional<Digest> checksum = values.get(ManifestKeys.CHECKSUM);
    if (!values.isWrong(ManifestKeys.CHECKSUM)
        && engine.policy().refusesChecksum(checksum).isEmpty()) {
      try {
        Verifications.begin(engine.plugins().verifiers(), new Manifest.Archive(src, checksum));
      } catch (StretcherException e) {
        problem(e.getMessage());
      }
    }
  }

  private void lookAtPlace(Path dest, ManifestValues values) {
    boolean preMayMendIt =
        values.isWrong(ManifestKeys.COMMANDS)
            || !values.get(ManifestKeys.COMMANDS).orElse(Commands.NONE).pre().isEmpty();
    Dest.of(dest)
        .obstacle()
        .ifPresent(
            obstacle -> {
              if (preMayMendIt) {
                String what = obstacle.what() + ", unless a pre command mends that";
                warnings.add(new Problem(0, 0, what));
              } else {
                problem(obstacle.message());
              }
            });
  }

  /** Lists the steps of the deploy. */
  private void tell(Manifest manifest) {
    manifest.payload().ifPresent(payload -> tellFetch(payload.archive()));
    run("pre", manifest.commands().pre());
    manifest.payload().ifPresent(payload -> tellSync(payload.target(), manifest));
    run("post", manifest.commands().post());
    tellHealth(manifest.health());
    run("success", manifest.commands().success());
    run("failure", manifest.commands().failure());
  }

  private void tellFetch(Manifest.Archive archive) {
    steps.add("fetch " + RedactedUri.of(archive.src()));
    archive.checksum().ifPresent(checksum -> steps.add("verify " + checksum));
  }

  private void tellSync(Manifest.Target target, Manifest manifest) {
    String strategy = target.syncStrategy().orElse(engine.options().get(Settings.SYNC_STRATEGY));
    StringBuilder step =
        new StringBuilder("sync %s by %s".formatted(NativeText.text(target.dest()), strategy));
    for (ManifestKey<?> key : ManifestKeys.ALL) {
      String more = key.stepOf(manifest);
      step.append(more.isEmpty() ? "" : ", " + more);
    }
    manifest.description().ifPresent(text -> step.append("\ndescription: ").append(text));
    steps.add(step.toString());
  }

  private void tellHealth(Health health) {
    String steady = health.steady().isZero() ? "" : " for " + GoDuration.format(health.steady());
    run(
        "health%s within %s".formatted(steady, GoDuration.format(health.within())),
        health.commands());
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
