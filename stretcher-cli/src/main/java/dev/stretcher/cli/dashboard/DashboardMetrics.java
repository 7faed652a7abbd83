package dev.stretcher.cli.dashboard;

import dev.stretcher.cli.http.Figures;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.Standing;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A fleet, for Prometheus.
 *
 * @param version that of Stretcher
 * @param streams how many pages are open
 */
record DashboardMetrics(Board board, String version, int streams, Instant now) {
  private static final double MILLIS = 1000;

  /** Returns all figures. */
  MetricSnapshots snapshots() {
    boolean isUp = board.ready() && board.loss().isEmpty();
    return MetricSnapshots.builder()
        .metricSnapshot(Figures.build(version))
        .metricSnapshot(
            Figures.gauge(
                "stretcher_store_up", "Whether the store of the fleet can be asked.", isUp ? 1 : 0))
        .metricSnapshot(
            Figures.gauge("stretcher_dashboard_streams", "How many pages are open.", streams))
        .metricSnapshot(
            hosts("stretcher_fleet_hosts", "Hosts that are in a state.", "state", this::states))
        .metricSnapshot(
            hosts(
                "stretcher_fleet_standing_hosts",
                "Hosts by how far they are on the way to what is desired.",
                "standing",
                this::standings))
        .metricSnapshot(generations())
        .metricSnapshot(behind())
        .metricSnapshot(desired())
        .build();
  }

  private static GaugeSnapshot.Builder gauge(String name, String help) {
    return Figures.gauge(name, help);
  }

  private GaugeSnapshot hosts(
      String name, String help, String label, Function<AppBoard, Map<String, Integer>> counts) {
    GaugeSnapshot.Builder gauge = gauge(name, help);
    board
        .apps()
        .forEach(
            (app, of) ->
                counts
                    .apply(of)
                    .forEach(
                        (value, count) ->
                            Figures.add(gauge, Labels.of("app", app, label, value), count)));
    return gauge.build();
  }

  private Map<String, Integer> states(AppBoard app) {
    Map<String, Integer> all = new TreeMap<>();
    for (HostState state : HostState.values()) {
      all.put(state.label(), app.states().getOrDefault(state, 0));
    }
    return all;
  }

  private Map<String, Integer> standings(AppBoard app) {
    Map<String, Integer> all = new TreeMap<>();
    for (Standing standing : Standing.values()) {
      all.put(standing.name().toLowerCase(Locale.ROOT), app.standings().getOrDefault(standing, 0));
    }
    return all;
  }

  private GaugeSnapshot generations() {
    return ofDesired(
        "stretcher_fleet_generation",
        "The generation of what is desired.",
        (app, desired) -> (double) desired.generation());
  }

  private GaugeSnapshot behind() {
    return ofDesired(
        "stretcher_fleet_behind_seconds",
        "How old what is desired is, while a host does not have it; else 0.",
        (app, desired) ->
            app.isLive()
                ? 0
                : Math.max(0, Duration.between(desired.at(), now).toMillis() / MILLIS));
  }

  /** A figure of an app of which something is desired. */
  private interface Figure {
    double of(AppBoard app, DesiredState desired);
  }

  private GaugeSnapshot ofDesired(String name, String help, Figure figure) {
    GaugeSnapshot.Builder gauge = gauge(name, help);
    board
        .apps()
        .forEach(
            (app, of) -> {
              Optional<DesiredState> desired = of.desired();
              if (desired.isPresent()) {
                Figures.add(gauge, Labels.of("app", app), figure.of(of, desired.get()));
              }
            });
    return gauge.build();
  }

  private InfoSnapshot desired() {
    InfoSnapshot.Builder info = Figures.info("stretcher_fleet_desired", "What is desired.");
    board
        .apps()
        .forEach(
            (app, of) ->
                of.desired()
                    .ifPresent(
                        desired -> Figures.add(info, Labels.of("app", app, "id", desired.id()))));
    return info.build();
  }
}
