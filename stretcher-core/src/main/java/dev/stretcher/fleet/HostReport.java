package dev.stretcher.fleet;

import java.util.Optional;

/**
 * A host in the view of the fleet.
 *
 * @param node its name
 * @param status what it said last; empty if it never did, or if that cannot be read
 * @param alive whether the catalog says that it is alive; true if there is no catalog
 * @param problem why what it said cannot be read
 */
public record HostReport(
    String node, Optional<HostStatus> status, boolean alive, Optional<String> problem) {
  /** Creates a report without a problem. */
  public HostReport(String node, Optional<HostStatus> status, boolean alive) {
    this(node, status, alive, Optional.empty());
  }

  HostReport withAlive(boolean other) {
    return new HostReport(node, status, other, problem);
  }

  /** Returns how far this host is on the way to what is desired. */
  public Standing standing(Optional<DesiredState> desired) {
    if (status.isEmpty()) {
      return Standing.SILENT;
    }
    HostStatus said = status.get();
    boolean ofThis = desired.isEmpty() || said.generation() >= desired.get().generation();
    // What another deploy has replaced does not come back by itself.
    if (ofThis && (said.state() == HostState.HELD || said.state() == HostState.SUPERSEDED)) {
      return Standing.HELD;
    }
    if (ofThis && (said.state() == HostState.FAILED || said.state() == HostState.ROLLED_BACK)) {
      return Standing.FAILED;
    }
    if (!alive) {
      return Standing.SILENT;
    }
    return said.state() == HostState.LIVE
            && ofThis
            && desired.isPresent()
            && said.live().equals(Optional.of(desired.get().id()))
        ? Standing.LIVE
        : Standing.BEHIND;
  }
}
