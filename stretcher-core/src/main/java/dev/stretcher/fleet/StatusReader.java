package dev.stretcher.fleet;

import dev.stretcher.store.KeyValueStore;
import dev.stretcher.store.Listing;
import dev.stretcher.store.Membership;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what hosts have.
 *
 * @param who which of them count
 */
record StatusReader(KeyValueStore store, AppName app, Counted who, Clock clock) {
  FleetStatus status(Optional<DesiredState> desired, Listing hosts)
      throws IOException, InterruptedException {
    Optional<Membership> members = store.membership();
    Optional<Set<String>> alive =
        members.isPresent() ? Optional.of(members.get().alive()) : Optional.empty();
    Map<String, HostReport> reports = HostReports.of(hosts, app);
    List<HostReport> counted = new ArrayList<>();
    for (String node : nodes(reports, alive)) {
      HostReport report = reports.getOrDefault(node, new HostReport(node, Optional.empty(), true));
      counted.add(report.withAlive(alive.isEmpty() || alive.get().contains(node)));
    }
    counted.sort(
        Comparator.comparing((HostReport host) -> host.standing(desired))
            .thenComparing(HostReport::node));
    return new FleetStatus(app, desired, counted, clock.instant());
  }

  /** Marks the hosts that are not alive in what all have said. */
  Map<String, HostReport> marked(Map<String, HostReport> reports)
      throws IOException, InterruptedException {
    Optional<Membership> members = store.membership();
    if (members.isPresent()) {
      Set<String> alive = members.get().alive();
      reports.replaceAll((node, report) -> report.withAlive(alive.contains(node)));
    }
    return reports;
  }

  private Set<String> nodes(Map<String, HostReport> reports, Optional<Set<String>> alive)
      throws IOException, InterruptedException {
    if (who instanceof Counted.Named named) {
      return named.nodes();
    }
    if (who instanceof Counted.Having having) {
      Membership members =
          store
              .membership()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "%s does not know which hosts have the service '%s'; name the hosts instead"
                              .formatted(store.name(), having.service())));
      return members.having(having.service());
    }
    if (alive.isPresent()) {
      reports.keySet().retainAll(alive.get());
    }
    return reports.keySet();
  }
}
