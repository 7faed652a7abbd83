package dev.stretcher.cli.monitor;

import dev.stretcher.cli.http.Figures;
import dev.stretcher.fleet.AppName;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployListener;
import dev.stretcher.report.StretcherException;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;

/** What the deploys of an agent cost, and how they failed. Thread-safe. */
final class DeployMetrics {
  private static final double NANOS = 1e9;

  private final Map<String, StageClock> apps = new ConcurrentHashMap<>();
  private final Map<Labels, Long> nanos = new ConcurrentSkipListMap<>();
  private final Map<Labels, Long> saved = new ConcurrentSkipListMap<>();
  private final Map<Labels, Long> failures = new ConcurrentSkipListMap<>();
  private final LongSupplier nanoTime;

  DeployMetrics() {
    this(System::nanoTime);
  }

  /** Creates metrics with a clock of their own. */
  DeployMetrics(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  DeployListener of(AppName app) {
    String name = app.value();
    StageClock clock =
        apps.computeIfAbsent(
            name,
            key ->
                new StageClock(
                    nanoTime,
                    (stage, time) ->
                        nanos.merge(
                            Labels.of("app", name, "stage", label(stage)), time, Long::sum)));
    return event -> {
      clock.onEvent(event);
      count(name, event);
    };
  }

  private void count(String app, DeployEvent event) {
    if (event instanceof DeployEvent.Fetched fetched && fetched.part().isPresent()) {
      long rest = fetched.part().get().archiveBytes() - fetched.bytes();
      saved.merge(Labels.of("app", app), Math.max(0, rest), Long::sum);
    } else if (event instanceof DeployEvent.Failed failed) {
      failed(app, failed.cause());
    } else if (event instanceof DeployEvent.NotStarted failed) {
      failed(app, failed.cause());
    }
  }

  private void failed(String app, StretcherException cause) {
    String kind = cause.getClass().getSimpleName();
    failures.merge(
        Labels.of("app", app, "kind", kind, "stage", label(cause.stage())), 1L, Long::sum);
  }

  private static String label(Enum<?> stage) {
    return stage.name().toLowerCase(Locale.ROOT);
  }

  CounterSnapshot saved() {
    CounterSnapshot.Builder counter =
        Figures.counter(
            "stretcher_app_saved_bytes",
            "How many bytes of archives deploys did not fetch, since dest had the files.");
    saved.forEach((labels, count) -> Figures.add(counter, labels, (double) count));
    return counter.build();
  }

  CounterSnapshot stages() {
    CounterSnapshot.Builder counter =
        Figures.counter("stretcher_app_stage_seconds", "How long deploys were in each stage.");
    nanos.forEach((labels, time) -> Figures.add(counter, labels, time / NANOS));
    return counter.build();
  }

  CounterSnapshot failures() {
    CounterSnapshot.Builder counter =
        Figures.counter("stretcher_app_failures", "How many deploys failed, where and how.");
    failures.forEach((labels, count) -> Figures.add(counter, labels, (double) count));
    return counter.build();
  }
}
