package dev.stretcher.cli.monitor;

import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** For how long a host has not had what is desired, since it heard of that. Thread-safe. */
final class Lag {
  private static final double MILLIS = 1000;

  private final InstantSource clock;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  /** A desired state, and when this host heard of it. */
  private record Known(long generation, Instant since) {}

  Lag(InstantSource clock) {
    this.clock = clock;
  }

  void onStatus(HostStatus status) {
    known.compute(
        status.app().value(),
        (app, before) ->
            before != null && before.generation() == status.generation()
                ? before
                : new Known(status.generation(), clock.instant()));
  }

  /** Returns 0 if the host has what is desired, or if nothing is. */
  double seconds(HostStatus status) {
    Known since = known.get(status.app().value());
    boolean isThere = status.state() == HostState.LIVE && status.live().equals(status.id());
    if (since == null || status.generation() == 0 || isThere) {
      return 0;
    }
    return Math.max(0, Duration.between(since.since(), clock.instant()).toMillis() / MILLIS);
  }
}
