package dev.stretcher.cli.dashboard;

import dev.stretcher.cli.fleet.StatusJson;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.FleetStatus;
import dev.stretcher.fleet.HostReport;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.Standing;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An app of a fleet. Immutable: nobody changes its maps.
 *
 * @param json what is desired, and how many hosts have it
 * @param hosts each host as JSON, by its name, the failing ones first
 * @param states how many hosts are in a state
 * @param standings how many hosts are so far
 * @param desired what is desired
 */
record AppBoard(
    String json,
    Map<String, String> hosts,
    Map<HostState, Integer> states,
    Map<Standing, Integer> standings,
    Optional<DesiredState> desired) {
  /**
   * Returns the board of an app.
   *
   * @param problem why what is desired cannot be read
   */
  static AppBoard of(FleetStatus status, Optional<String> problem) {
    Map<String, String> hosts = new LinkedHashMap<>();
    Map<HostState, Integer> states = new EnumMap<>(HostState.class);
    Map<Standing, Integer> standings = new EnumMap<>(Standing.class);
    for (HostReport host : status.hosts()) {
      Standing standing = host.standing(status.desired());
      hosts.put(host.node(), json(status, host, standing));
      standings.merge(standing, 1, Integer::sum);
      host.status().ifPresent(said -> states.merge(said.state(), 1, Integer::sum));
    }
    return new AppBoard(
        StatusJson.app(status).put("problem", problem).toString(),
        hosts,
        states,
        standings,
        status.desired());
  }

  private static String json(FleetStatus status, HostReport host, Standing standing) {
    return StatusJson.host(status, host)
        .put("standing", standing.name().toLowerCase(Locale.ROOT))
        .toString();
  }

  /** Tells whether all hosts have what is desired. */
  boolean isLive() {
    return standings.getOrDefault(Standing.LIVE, 0) == hosts.size();
  }
}
