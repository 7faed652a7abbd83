package dev.stretcher.internal.rollout;

import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.HostReport;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.fleet.RolloutRules;
import dev.stretcher.fleet.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the rules let a host switch, by what the hosts have said. Immutable. */
sealed interface Verdict {
  /**
   * It may, with a slot if the rules want one.
   *
   * @param hosts how many hosts count
   * @param before those that are to switch before this one, the first one first
   */
  record Free(int hosts, List<String> before) implements Verdict {}

  /**
   * Not yet.
   *
   * @param reason what it waits for
   * @param canary the host that it waits for
   */
  record Waits(String reason, Optional<String> canary) implements Verdict {}

  /** It does not, as too many others failed. */
  record Held(String reason) implements Verdict {}

  /** How many hosts a reason names. */
  int NAMED = 3;

  /**
   * Decides.
   *
   * @param order that of the ID
   * @param node this host, whose own failures do not count
   * @param serves whether something is live on it; if nothing is, it need not wait for others
   * @param reports what all hosts have said
   */
  static Verdict of(
      DesiredState desired,
      Order order,
      String node,
      boolean serves,
      Map<String, HostReport> reports) {
    RolloutRules rules = desired.rules();
    List<String> failed = failed(desired, reports);
    failed.remove(node);
    List<String> hosts = order.of(counted(desired, node, reports));
    List<String> canaries = hosts.subList(0, Math.min(rules.canary(), hosts.size()));
    Optional<String> tooBad = tooBad(rules, failed, serves ? canaries : List.of());
    if (tooBad.isPresent()) {
      return new Held(tooBad.get());
    }
    if (rules.isPaused()) {
      return new Waits("the rollout is paused", Optional.empty());
    }
    if (!serves) {
      return new Free(hosts.size(), List.of());
    }
    return waits(desired, node, reports, canaries)
        .orElseGet(() -> free(desired, node, reports, hosts));
  }

  /**
   * Returns why what is desired is given up on all hosts; empty if it is not.
   *
   * @param node this host, whose failure counts as well
   */
  static Optional<String> givenUp(
      DesiredState desired, Order order, String node, Map<String, HostReport> reports) {
    List<String> hosts = order.of(counted(desired, node, reports));
    int canaries = Math.min(desired.rules().canary(), hosts.size());
    return tooBad(desired.rules(), failed(desired, reports), hosts.subList(0, canaries));
  }

  private static Optional<String> tooBad(
      RolloutRules rules, List<String> failed, List<String> canaries) {
    if (rules.maxFailures().isPresent() && failed.size() > rules.maxFailures().get()) {
      return Optional.of(
          "%s failed, and at most %s may"
              .formatted(names(failed), Integer.toString(rules.maxFailures().get())));
    }
    return canaries.stream()
        .filter(failed::contains)
        .findFirst()
        .map("the canary %s failed"::formatted);
  }

  private static Optional<Verdict> waits(
      DesiredState desired, String node, Map<String, HostReport> reports, List<String> canaries) {
    if (canaries.contains(node)) {
      return Optional.empty();
    }
    // The text stays as it is until all are live: each change of it is written to the store.
    String reason =
        canaries.size() == 1
            ? "the canary %s is to be live first".formatted(canaries.get(0))
            : "the canaries %s are to be live first".formatted(names(canaries));
    return canaries.stream()
        .filter(canary -> standing(desired, reports.get(canary)) != Standing.LIVE)
        .findFirst()
        .map(canary -> new Waits(reason, Optional.of(canary)));
  }

  private static Verdict free(
      DesiredState desired, String node, Map<String, HostReport> reports, List<String> order) {
    List<String> before = new ArrayList<>();
    int hosts = 0;
    boolean isBefore = true;
    for (String each : order) {
      isBefore &= !each.equals(node);
      HostReport report = reports.get(each);
      boolean isAlive = each.equals(node) || (report != null && report.alive());
      hosts += isAlive ? 1 : 0;
      if (isBefore && isAlive && isToSwitch(standing(desired, report))) {
        before.add(each);
      }
    }
    return new Free(hosts, before);
  }

  private static boolean isToSwitch(Standing standing) {
    return standing == Standing.BEHIND || standing == Standing.HELD;
  }

  private static Standing standing(DesiredState desired, @Nullable HostReport report) {
    return report == null ? Standing.SILENT : report.standing(Optional.of(desired));
  }

  /** A host that died does not count, unless it has failed: it must not be forgotten so. */
  private static List<String> counted(
      DesiredState desired, String node, Map<String, HostReport> reports) {
    List<String> nodes = new ArrayList<>();
    nodes.add(node);
    for (HostReport report : reports.values()) {
      if (!report.node().equals(node) && (report.alive() || isFailure(desired, report))) {
        nodes.add(report.node());
      }
    }
    return nodes;
  }

  private static List<String> failed(DesiredState desired, Map<String, HostReport> reports) {
    List<String> failed = new ArrayList<>();
    for (HostReport report : reports.values()) {
      if (isFailure(desired, report)) {
        failed.add(report.node());
      }
    }
    return failed;
  }

  private static boolean isFailure(DesiredState desired, HostReport report) {
    if (report.status().isEmpty()) {
      return false;
    }
    HostStatus said = report.status().get();
    return said.generation() >= desired.rollout()
        && (said.state() == HostState.FAILED || said.state() == HostState.ROLLED_BACK);
  }

  private static String names(List<String> nodes) {
    String shown = String.join(", ", nodes.subList(0, Math.min(NAMED, nodes.size())));
    int more = nodes.size() - NAMED;
    return more > 0 ? "%s and %s more".formatted(shown, Integer.toString(more)) : shown;
  }
}
