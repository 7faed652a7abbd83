package dev.stretcher.cli.fleet;

import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.Fleet;
import dev.stretcher.fleet.FleetStatus;
import dev.stretcher.fleet.HostReport;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Hosts that died on the way to what is desired. They do not count any more, and nobody would hear
 * of them.
 */
final class DeadHosts {
  private DeadHosts() {}

  /**
   * Returns a line about each.
   *
   * @param status has the hosts that count
   */
  static List<String> of(Fleet fleet, FleetStatus status) throws InterruptedException {
    try {
      return status.desired().isPresent()
          ? lines(fleet, status, status.desired().get())
          : List.of();
    } catch (IOException e) {
      // What was waited for is known; this is only besides.
      return List.of();
    }
  }

  private static List<String> lines(Fleet fleet, FleetStatus status, DesiredState desired)
      throws IOException, InterruptedException {
    Set<String> counted = new HashSet<>();
    status.hosts().forEach(host -> counted.add(host.node()));
    List<String> lines = new ArrayList<>();
    for (HostReport host : fleet.reports(status.app()).values()) {
      Optional<HostStatus> said =
          host.status()
              .filter(word -> word.generation() >= desired.rollout())
              .filter(word -> word.state() != HostState.LIVE);
      if (!host.alive() && !counted.contains(host.node()) && said.isPresent()) {
        lines.add(
            "Warning: %s is not alive and does not count; the last that it said of %s is: %s"
                .formatted(host.node(), desired.id(), said.get().state().label()));
      }
    }
    return lines;
  }
}
