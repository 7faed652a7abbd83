package dev.stretcher.cli.http;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;

/** One metric whose values are known: a gauge, a counter or an information. */
public final class Figures {
  private Figures() {}

  /** Returns a gauge that has one value. */
  public static GaugeSnapshot gauge(String name, String help, double value) {
    return add(gauge(name, help), Labels.EMPTY, value).build();
  }

  /** Returns a gauge without values. */
  public static GaugeSnapshot.Builder gauge(String name, String help) {
    return GaugeSnapshot.builder().name(name).help(help);
  }

  /** Adds a value. */
  public static GaugeSnapshot.Builder add(
      GaugeSnapshot.Builder gauge, Labels labels, double value) {
    return gauge.dataPoint(GaugeDataPointSnapshot.builder().labels(labels).value(value).build());
  }

  /** Returns a counter without values. */
  public static CounterSnapshot.Builder counter(String name, String help) {
    return CounterSnapshot.builder().name(name).help(help);
  }

  /** Adds a value. */
  public static CounterSnapshot.Builder add(
      CounterSnapshot.Builder counter, Labels labels, double value) {
    return counter.dataPoint(
        CounterDataPointSnapshot.builder().labels(labels).value(value).build());
  }

  /** Returns an information without values. */
  public static InfoSnapshot.Builder info(String name, String help) {
    return InfoSnapshot.builder().name(name).help(help);
  }

  /** Adds one. */
  public static InfoSnapshot.Builder add(InfoSnapshot.Builder info, Labels labels) {
    return info.dataPoint(InfoDataPointSnapshot.builder().labels(labels).build());
  }

  /** Returns the version of the program. */
  public static InfoSnapshot build(String version) {
    return add(info("stretcher_build", "The version of Stretcher."), Labels.of("version", version))
        .build();
  }
}
