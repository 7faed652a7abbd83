package dev.stretcher.cli.monitor;

import dev.stretcher.agent.AgentListener;
import dev.stretcher.cli.http.Figures;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.report.DeployListener;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot.StateSetDataPointSnapshot;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;

/**
 * What an agent does, for Prometheus. Only an agent that listens loads this class and the library
 * behind it. Thread-safe.
 */
public final class AgentMetrics implements AgentListener {
  private final AgentWatch watch;
  private final String version;
  private final Lag lag;
  private final DeployMetrics deploys = new DeployMetrics();
  private final Map<Labels, Long> outcomes = new ConcurrentSkipListMap<>();
  private final Map<String, Long> bytes = new ConcurrentSkipListMap<>();
  private final Map<String, HostState> states = new ConcurrentSkipListMap<>();
  private final AtomicLong storeLost = new AtomicLong();

  /** Creates metrics of what a watch knows, and of what they hear themselves. */
  public AgentMetrics(AgentWatch watch, String version, InstantSource clock) {
    this.watch = watch;
    this.version = version;
    this.lag = new Lag(clock);
  }

  /** Returns what hears the deploys of an app. */
  public DeployListener of(AppName app) {
    return deploys.of(app);
  }

  @Override
  public void onStatus(HostStatus status) {
    String app = status.app().value();
    lag.onStatus(status);
    HostState before = states.put(app, status.state());
    if (before != null && before != status.state() && isEnd(status.state())) {
      outcomes.merge(Labels.of("app", app, "outcome", status.state().label()), 1L, Long::sum);
      bytes.merge(app, status.bytes(), Long::sum);
    }
  }

  private static boolean isEnd(HostState state) {
    return switch (state) {
      case LIVE, FAILED, ROLLED_BACK -> true;
      default -> false;
    };
  }

  @Override
  public void onStoreLost(String reason) {
    storeLost.incrementAndGet();
  }

  /** Returns all figures as they are now. */
  MetricSnapshots snapshots() {
    return MetricSnapshots.builder()
        .metricSnapshot(Figures.build(version))
        .metricSnapshot(
            Figures.gauge(
                "stretcher_store_up",
                "Whether the store of the fleet can be asked.",
                watch.isStoreThere() ? 1 : 0))
        .metricSnapshot(lost())
        .metricSnapshot(states())
        .metricSnapshot(live())
        .metricSnapshot(
            gauge(
                "stretcher_app_generation",
                "The generation of the desired state that the host works on, or has.",
                status -> (double) status.generation()))
        .metricSnapshot(
            gauge(
                "stretcher_app_since_timestamp_seconds",
                "When the app came into its state, as Unix time.",
                status -> status.since().toEpochMilli() / 1e3))
        .metricSnapshot(
            gauge(
                "stretcher_app_behind_seconds",
                "For how long the host has known of a desired state that is not live; 0 if it is.",
                lag::seconds))
        .metricSnapshot(
            gauge(
                "stretcher_app_deploy_duration_seconds",
                "How long the last deploy took.",
                HostStatus::seconds))
        .metricSnapshot(outcomes())
        .metricSnapshot(fetched())
        .metricSnapshot(deploys.saved())
        .metricSnapshot(deploys.stages())
        .metricSnapshot(deploys.failures())
        .build();
  }

  private CounterSnapshot lost() {
    return Figures.add(
            Figures.counter(
                "stretcher_store_losses", "How often the store could not be asked any more."),
            Labels.EMPTY,
            (double) storeLost.get())
        .build();
  }

  private StateSetSnapshot states() {
    StateSetSnapshot.Builder set =
        StateSetSnapshot.builder().name("stretcher_app_state").help("What the host does.");
    for (HostStatus status : watch.statuses()) {
      StateSetDataPointSnapshot.Builder point = StateSetDataPointSnapshot.builder();
      point.labels(app(status));
      for (HostState state : HostState.values()) {
        point.state(state.label(), state == status.state());
      }
      set.dataPoint(point.build());
    }
    return set.build();
  }

  private InfoSnapshot live() {
    InfoSnapshot.Builder info =
        Figures.info("stretcher_app_live", "What is live, and what is desired.");
    for (HostStatus status : watch.statuses()) {
      Figures.add(
          info,
          Labels.of(
              "app",
              status.app().value(),
              "id",
              status.live().orElse(""),
              "desired",
              status.id().orElse(""),
              "generation",
              Long.toString(status.generation())));
    }
    return info.build();
  }

  private GaugeSnapshot gauge(String name, String help, ToDoubleFunction<HostStatus> value) {
    GaugeSnapshot.Builder gauge = Figures.gauge(name, help);
    for (HostStatus status : watch.statuses()) {
      Figures.add(gauge, app(status), value.applyAsDouble(status));
    }
    return gauge.build();
  }

  private CounterSnapshot outcomes() {
    CounterSnapshot.Builder counter =
        Figures.counter("stretcher_app_deploys", "How many deploys ended, and how.");
    outcomes.forEach((labels, count) -> Figures.add(counter, labels, (double) count));
    return counter.build();
  }

  private CounterSnapshot fetched() {
    CounterSnapshot.Builder counter =
        Figures.counter("stretcher_app_fetched_bytes", "How many bytes deploys have fetched.");
    bytes.forEach((app, count) -> Figures.add(counter, Labels.of("app", app), (double) count));
    return counter.build();
  }

  private static Labels app(HostStatus status) {
    return Labels.of("app", status.app().value());
  }
}
