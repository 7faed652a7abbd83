package dev.stretcher.cli.rollout;

import dev.stretcher.fleet.FleetStatus;
import dev.stretcher.fleet.HostReport;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.text.Printable;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What most hosts wait for that wait in a rollout. */
public final class WaitReason {
  private WaitReason() {}

  /** Returns the reason, such as {@code the canary web-3 is to be live first}. */
  public static Optional<String> of(FleetStatus status) {
    Map<String, Integer> counts = new TreeMap<>();
    for (HostReport host : status.hosts()) {
      host.status()
          .filter(said -> isOf(status, said))
          .flatMap(HostStatus::error)
          .ifPresent(reason -> counts.merge(reason, 1, Integer::sum));
    }
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(each -> Printable.of(each.getKey()));
  }

  /** A host that waits for a source or a lock has a stage. */
  private static boolean isOf(FleetStatus status, HostStatus said) {
    boolean waits =
        switch (said.state()) {
          case WAITING, PREPARED, HELD -> true;
          default -> false;
        };
    return waits
        && (said.stage().isEmpty() || said.state() == HostState.HELD)
        && status.desired().filter(it -> it.generation() == said.generation()).isPresent();
  }
}
