package dev.stretcher.internal.rollout;

import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.Fleet;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostReport;
import dev.stretcher.fleet.RolloutRules.OnFailure;
import dev.stretcher.fleet.Standing;
import dev.stretcher.store.KeyValueStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The failures of a rollout whose hosts go back when there are too many, as a host sees them that
 * has had its turn. Used by one thread.
 */
public final class Failures {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final KeyValueStore store;
  private final DesiredState desired;
  private final String node;
  private long version;

  /** Looks at a rollout. */
  public Failures(KeyValueStore store, DesiredState desired, String node) {
    this.store = store;
    this.desired = desired;
    this.node = node;
  }

  /** Tells whether hosts go back at all. */
  public static boolean matter(DesiredState desired) {
    return desired.rules().onFailure() == OnFailure.ROLLBACK
        && (desired.rules().maxFailures().isPresent() || desired.rules().canary() > 0);
  }

  /**
   * Returns why what is desired is given up; empty if it is not.
   *
   * @throws IOException if the store cannot be asked
   */
  public Optional<String> tooMany() throws IOException, InterruptedException {
    return Verdict.givenUp(
        desired, new Order(desired.id()), node, Fleet.over(store).reports(desired.app()));
  }

  /**
   * Waits until a host says that it failed, or for some minutes.
   *
   * @throws IOException if the store cannot be asked
   */
  public void await() throws IOException, InterruptedException {
    version = store.watch(FleetKeys.failures(desired.app()), version, LONGEST).version();
  }

  /**
   * Tells whether no host that is alive has its turn still to come.
   *
   * @throws IOException if the store cannot be asked
   */
  public boolean areFinal() throws IOException, InterruptedException {
    Map<String, HostReport> reports = Fleet.over(store).reports(desired.app());
    return reports.values().stream()
        .filter(HostReport::alive)
        .map(report -> report.standing(Optional.of(desired)))
        .allMatch(standing -> standing == Standing.LIVE || standing == Standing.FAILED);
  }
}
