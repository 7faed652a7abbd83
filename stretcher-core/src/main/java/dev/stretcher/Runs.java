package dev.stretcher;

import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Moment;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.event.DeployTask;
import dev.stretcher.internal.event.EventStep;
import dev.stretcher.internal.load.GivenManifest;
import dev.stretcher.internal.plugin.EventSources;
import dev.stretcher.internal.plugin.ReleaseDest;
import dev.stretcher.internal.release.PrepareRun;
import dev.stretcher.internal.release.RollbackRun;
import dev.stretcher.option.Settings;
import dev.stretcher.process.Interrupts;
import dev.stretcher.release.Accept;
import dev.stretcher.release.Release;
import dev.stretcher.release.ReleaseUse;
import dev.stretcher.release.Rollback;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployIdentity;
import dev.stretcher.report.DeployListener;
import dev.stretcher.report.StretcherException;
import dev.stretcher.report.VerifyReport;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.EventSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The runs of a {@link Stretcher}, each with its reports from the first one to the last. */
final class Runs {
  private final Engine engine;
  private final EventSources eventSources;
  private final List<DeployListener> listeners;

  Runs(Engine engine, EventSources eventSources, List<DeployListener> listeners) {
    this.engine = engine;
    this.eventSources = eventSources;
    this.listeners = listeners;
  }

  Deployment deploy(GivenManifest given, Optional<BeforeSwitch> turn)
      throws StretcherException, InterruptedException {
    return reporting(
        newIdentity().withManifest(given.uri()),
        reporter -> {
          Moment arrived = engine.now();
          begin(reporter);
          DeployRequest request = DeployRequest.of(given.uri(), "deploy");
          DeployTask task = DeployTask.of(request, arrived, reporter);
          return new DeployRun(engine, reporter, task, given, turn).run();
        });
  }

  DeployPlan plan(GivenManifest given) throws StretcherException, InterruptedException {
    return reporting(
        newIdentity().withManifest(given.uri()),
        reporter -> {
          begin(reporter);
          return new PlanRun(engine, reporter).run(given);
        });
  }

  Optional<Deployment> deployNext(EventSource events)
      throws StretcherException, InterruptedException {
    return reporting(
        newIdentity(),
        reporter -> {
          Moment start = engine.now();
          begin(reporter);
          Optional<DeployTask> task = new EventStep(engine, reporter).next(events, start);
          return task.isPresent()
              ? Optional.of(new DeployRun(engine, reporter, task.get()).run())
              : Optional.empty();
        });
  }

  CheckReport check(GivenManifest given) throws InterruptedException {
    return new Checker(engine).check(given);
  }

  CheckReport checkAgainstDest(GivenManifest given) throws InterruptedException {
    return new Checker(engine).checkAgainstDest(given);
  }

  Optional<VerifyReport> verify(Path dest, boolean full) throws IOException, InterruptedException {
    Reporter reporter = new Reporter(listeners, engine.clock(), engine.options());
    return new VerifyRun(engine, reporter).run(dest, full);
  }

  Rollback rollback(Path named, Optional<String> id, Accept accept)
      throws StretcherException, InterruptedException {
    Path dest = named.toAbsolutePath().normalize();
    return reporting(
        newIdentity().withDest(Optional.of(dest)),
        reporter -> {
          Moment arrived = engine.now();
          greet(reporter);
          return new RollbackRun(engine, reporter, arrived, dest).run(id, accept);
        });
  }

  List<Release> releases(Path dest) throws IOException {
    Path named = dest.toAbsolutePath().normalize();
    return ReleaseDest.require(engine.plugins(), named).list(named);
  }

  ReleaseUse use(Path dest, Release release) throws IOException {
    Path named = dest.toAbsolutePath().normalize();
    return ReleaseDest.require(engine.plugins(), named).use(release);
  }

  Release prepare(GivenManifest given) throws StretcherException, InterruptedException {
    return reporting(
        newIdentity().withManifest(given.uri()),
        reporter -> {
          Moment arrived = engine.now();
          begin(reporter);
          DeployRequest request = DeployRequest.of(given.uri(), "prepare");
          DeployTask task = DeployTask.of(request, arrived, reporter);
          return new PrepareRun(engine, reporter, task, given).run();
        });
  }

  EventSource eventsFrom(URI address) {
    return eventSources.at(address);
  }

  void close() {
    Reporter reporter = new Reporter(listeners, engine.clock(), engine.options());
    Consumer<String> warn = text -> reporter.report(new DeployEvent.Warning(text));
    eventSources.close(warn);
    engine.plugins().close(warn);
    reporter.settle();
  }

  /** A run, from its first report to its last. */
  @FunctionalInterface
  private interface Reported<T> {
    T run(Reporter reporter) throws StretcherException, InterruptedException;
  }

  private <T> T reporting(DeployIdentity identity, Reported<T> deploy)
      throws StretcherException, InterruptedException {
    Reporter reporter =
        new Reporter(listeners, engine.clock(), engine.options(), engine.secrets(), identity);
    try {
      T result = deploy.run(reporter);
      reporter.settle();
      return result;
    } catch (InterruptedException e) {
      reporter.cancelled();
      // What interrupted while things were put in order is answered as well.
      Thread.interrupted();
      throw e;
    } catch (StretcherException | RuntimeException | Error e) {
      reporter.settle();
      throw e;
    }
  }

  private static DeployIdentity newIdentity() {
    return DeployIdentity.of(UUID.randomUUID().toString());
  }

  private void greet(Reporter reporter) throws InterruptedException {
    reporter.report(new DeployEvent.Started(engine.version()));
    Interrupts.requireNone();
    engine.plugins().warnings().stream().map(DeployEvent.Warning::new).forEach(reporter::report);
  }

  private void begin(Reporter reporter) throws InterruptedException {
    greet(reporter);
    Duration bound = engine.options().get(Settings.RANDOM_DELAY);
    if (!bound.isZero()) {
      Duration delay = Duration.ofNanos(engine.random().nextLong(bound.toNanos()));
      reporter.report(new DeployEvent.Sleeping(delay));
      TimeUnit.NANOSECONDS.sleep(delay.toNanos());
    }
  }
}
