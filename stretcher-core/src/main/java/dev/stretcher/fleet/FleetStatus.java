package dev.stretcher.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is desired of an app, and what the hosts have. Immutable.
 *
 * @param app the app
 * @param desired what is desired; empty if nothing is
 * @param hosts those that count, in the order of {@link Standing}, and then of their names
 * @param at when the store was asked
 */
public record FleetStatus(
    AppName app, Optional<DesiredState> desired, List<HostReport> hosts, Instant at) {
  /** Copies the list. */
  public FleetStatus {
    hosts = List.copyOf(hosts);
  }

  /** Returns the hosts that are so far on the way to what is desired. */
  public List<HostReport> of(Standing standing) {
    return hosts.stream().filter(host -> host.standing(desired) == standing).toList();
  }

  /** Returns the hosts that do not have what is desired, and where it did not fail. */
  public List<HostReport> missing() {
    return hosts.stream()
        .filter(host -> host.standing(desired) != Standing.LIVE)
        .filter(host -> host.standing(desired) != Standing.FAILED)
        .toList();
  }
}
