package dev.stretcher.internal.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.MaxParallel;
import dev.stretcher.fleet.RolloutRules;
import dev.stretcher.fleet.RolloutRules.OnFailure;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole rollouts over many hosts; the seeds can be set by {@code -Dstretcher.seed}. */
@Timeout(60)
class RolloutSimulationTest {
  private static final AppName SHOP = new AppName("shop");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int SEEDS = 5;
  private static final long FIRST = Long.getLong("stretcher.seed", System.nanoTime());

  @Test
  void neverMoreThanATenthSwitchAtOnceAndNoTimeIsLost() throws Exception {
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      // The largest fleet that is promised, and smaller ones, which are cheap.
      int size = seed == FIRST ? 300 : 60;
      SimulatedFleet fleet = fleet(size, seed);
      fleet.desire(desired(2, "v2", rules(0, "10%", Optional.empty())));
      Duration took = fleet.untilAllLive("v2", HOUR);
      double implied = fleet.worked / (size / 10.0);
      System.out.printf(
          Locale.ROOT,
          "seed %s: %s hosts, at most %s at once, %s, %.3f of what the limit implies, %s calls%n",
          seed,
          size,
          fleet.most,
          took,
          took.toNanos() / implied,
          fleet.store.calls());

      assertThat(fleet.most).as("seed %s", seed).isEqualTo(size / 10);
      assertThat(took.toNanos() / implied).as("seed %s", seed).isLessThan(1.2);
    }
  }

  @Test
  void aVersionThatFailsOnTheCanaryReachesThatHostAlone() throws Exception {
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      SimulatedFleet fleet = fleet(40, seed);
      String canary = canary("v2", fleet);
      fleet.fail.add(canary + " v2");
      fleet.desire(desired(2, "v2", rules(1, "", Optional.empty())));
      fleet.pass(HOUR);

      assertThat(fleet.in(HostState.FAILED)).containsExactly(canary);
      assertThat(fleet.in(HostState.HELD)).hasSize(39);
      assertThat(fleet.having("v1")).hasSize(40);
      assertThat(fleet.hosts.get(canary.equals("web0") ? "web1" : "web0").reason)
          .isEqualTo("the canary %s failed".formatted(canary));
    }
  }

  @Test
  void theOthersFollowACanaryThatIsLive() throws Exception {
    SimulatedFleet fleet = fleet(40, FIRST);
    String canary = canary("v2", fleet);
    fleet.desire(desired(2, "v2", rules(1, "50%", Optional.empty())));
    fleet.pass(Duration.ofSeconds(4));

    assertThat(fleet.in(HostState.DEPLOYING)).containsExactly(canary);
    assertThat(fleet.in(HostState.WAITING)).hasSize(39);
    fleet.untilAllLive("v2", HOUR);
    assertThat(fleet.having("v2")).hasSize(40);
    assertThat(fleet.most).isEqualTo(20);
  }

  @Test
  void moreCanariesThanHostsAreAllHosts() throws Exception {
    SimulatedFleet fleet = fleet(3, FIRST);
    fleet.desire(desired(2, "v2", rules(10, "", Optional.empty())));
    fleet.untilAllLive("v2", HOUR);

    assertThat(fleet.having("v2")).hasSize(3);
  }

  @Test
  void tooManyFailuresHoldTheOthers() throws Exception {
    SimulatedFleet fleet = fleet(20, FIRST);
    fleet.hosts.keySet().forEach(node -> fleet.fail.add(node + " v2"));
    fleet.desire(desired(2, "v2", rules(0, "2", Optional.of(1))));
    fleet.pass(HOUR);

    // The one that switched beside the second one had begun before that one failed.
    assertThat(fleet.in(HostState.FAILED)).hasSizeBetween(2, 3);
    assertThat(fleet.in(HostState.HELD)).hasSize(20 - fleet.in(HostState.FAILED).size());
    assertThat(fleet.hosts.get(fleet.in(HostState.HELD).get(0)).reason)
        .contains(fleet.in(HostState.FAILED).get(0), "failed, and at most 1 may");
    assertThat(fleet.switching).isZero();
  }

  @Test
  void aFewFailuresHoldNobody() throws Exception {
    SimulatedFleet fleet = fleet(20, FIRST);
    fleet.fail.add("web7 v2");
    fleet.desire(desired(2, "v2", rules(0, "2", Optional.of(1))));
    fleet.pass(HOUR);

    assertThat(fleet.in(HostState.FAILED)).containsExactly("web7");
    assertThat(fleet.having("v2")).hasSize(19);
  }

  @Test
  void theSlotOfAHostThatDiedIsFreeAgain() throws Exception {
    SimulatedFleet fleet = fleet(6, FIRST);
    fleet.die.add("web3");
    fleet.desire(desired(2, "v2", rules(0, "1", Optional.empty())));
    Duration took = fleet.untilAllLive("v2", HOUR);

    assertThat(fleet.having("v2")).hasSize(5);
    assertThat(fleet.hosts.get("web3").state).isEqualTo(HostState.DEPLOYING);
    assertThat(took).isLessThan(Duration.ofSeconds(5 * 15 + 30 + 20));
  }

  @Test
  void aDeadCanaryGivesWayToTheNextHost() throws Exception {
    SimulatedFleet fleet = fleet(6, FIRST);
    String canary = canary("v2", fleet);
    fleet.hosts.get(canary).isDead = true;
    fleet.store.members("web0", others(fleet, canary));
    fleet.desire(desired(2, "v2", rules(1, "", Optional.empty())));
    fleet.untilAllLive("v2", HOUR);

    assertThat(fleet.having("v2")).hasSize(5).doesNotContain(canary);
  }

  @Test
  void aCanaryThatFailedAndDiedIsNotForgotten() throws Exception {
    SimulatedFleet fleet = fleet(6, FIRST);
    String canary = canary("v2", fleet);
    fleet.fail.add(canary + " v2");
    fleet.desire(desired(2, "v2", rules(1, "", Optional.empty())));
    fleet.pass(Duration.ofMinutes(1));
    fleet.hosts.get(canary).isDead = true;
    fleet.store.members("web0", others(fleet, canary));
    fleet.pass(HOUR);

    assertThat(fleet.in(HostState.HELD)).hasSize(5);
  }

  @Test
  void nobodyBeginsWhileTheRolloutIsPausedAndAllGoOnAfterThat() throws Exception {
    SimulatedFleet fleet = fleet(20, FIRST);
    RolloutRules rules = rules(0, "2", Optional.of(1));
    fleet.fail.add(canary("v2", fleet) + " v2");
    fleet.desire(desired(2, "v2", rules));
    fleet.pass(Duration.ofSeconds(20));
    fleet.desire(desired(3, "v2", since(2, rules).paused(true)));
    fleet.pass(Duration.ofSeconds(15));
    int had = fleet.having("v2").size();
    assertThat(fleet.switching).isZero();
    fleet.pass(HOUR);

    assertThat(fleet.having("v2")).hasSize(had).hasSizeBetween(1, 6);
    assertThat(fleet.in(HostState.FAILED)).hasSize(1);
    fleet.desire(desired(4, "v2", since(2, rules)));
    fleet.pass(HOUR);
    assertThat(fleet.having("v2")).hasSize(19);
    assertThat(fleet.in(HostState.FAILED)).hasSize(1);
  }

  @Test
  void aLimitThatIsChangedInTheMiddleCountsFromThenOn() throws Exception {
    SimulatedFleet fleet = fleet(30, FIRST);
    fleet.desire(desired(2, "v2", rules(0, "10", Optional.empty())));
    fleet.pass(Duration.ofSeconds(7));
    assertThat(fleet.most).isEqualTo(10);
    fleet.desire(desired(3, "v2", since(2, rules(0, "2", Optional.empty()))));
    fleet.pass(Duration.ofSeconds(16));
    assertThat(fleet.switching).isLessThanOrEqualTo(2);
    fleet.most = 0;
    fleet.untilAllLive("v2", HOUR);

    assertThat(fleet.most).isEqualTo(2);
    assertThat(fleet.having("v2")).hasSize(30);
  }

  @Test
  void aNewerRolloutReplacesOneThatIsHeld() throws Exception {
    SimulatedFleet fleet = fleet(20, FIRST);
    fleet.fail.add(canary("v2", fleet) + " v2");
    fleet.desire(desired(2, "v2", rules(1, "", Optional.empty())));
    fleet.pass(Duration.ofMinutes(1));
    assertThat(fleet.in(HostState.HELD)).hasSize(19);
    fleet.desire(desired(3, "v3", rules(1, "5", Optional.empty())));
    fleet.untilAllLive("v3", HOUR);

    assertThat(fleet.having("v3")).hasSize(20);
  }

  @Test
  void aHostThatComesBackWithAnOldVersionWaitsForASlotToo() throws Exception {
    SimulatedFleet fleet = fleet(10, FIRST);
    SimulatedFleet.Host late = fleet.hosts.get("web5");
    late.isDead = true;
    DesiredState next = desired(2, "v2", rules(0, "1", Optional.empty()));
    fleet.desire(next);
    fleet.pass(Duration.ofSeconds(20));
    late.isDead = false;
    late.desire(next);
    fleet.untilAllLive("v2", HOUR);

    assertThat(fleet.having("v2")).hasSize(10);
    assertThat(fleet.most).isEqualTo(1);
  }

  @Test
  void aHostThatServesNothingWaitsForNoSlot() throws Exception {
    SimulatedFleet fleet = fleet(10, FIRST);
    SimulatedFleet.Host empty = fleet.hosts.get("web5");
    empty.serves = false;
    empty.live = "";
    fleet.desire(desired(2, "v2", rules(1, "1", Optional.empty())));
    fleet.pass(Duration.ofSeconds(1));

    assertThat(fleet.in(HostState.DEPLOYING))
        .containsOnly("web5", canary("v2", fleet))
        .contains("web5");
  }

  private static RolloutRules since(long generation, RolloutRules rules) {
    return new RolloutRules(
        rules.canary(),
        rules.maxParallel(),
        rules.maxFailures(),
        rules.onFailure(),
        rules.isPaused(),
        generation);
  }

  private static String canary(String id, SimulatedFleet fleet) {
    return new Order(id).of(fleet.hosts.keySet()).get(0);
  }

  private static Set<String> others(SimulatedFleet fleet, String one) {
    Set<String> others = new HashSet<>(fleet.hosts.keySet());
    others.remove(one);
    return others;
  }

  static SimulatedFleet fleet(int size, long seed) throws Exception {
    SimulatedFleet fleet = new SimulatedFleet(size, seed);
    fleet.begin(desired(1, "v1", RolloutRules.NONE));
    return fleet;
  }

  static RolloutRules rules(int canary, String maxParallel, Optional<Integer> maxFailures) {
    return new RolloutRules(
        canary,
        Optional.of(maxParallel).filter(text -> !text.isEmpty()).map(MaxParallel::parse),
        maxFailures,
        OnFailure.HALT,
        false);
  }

  static DesiredState desired(long generation, String id, RolloutRules rules) {
    return new DesiredState(
        SHOP,
        generation,
        id,
        URI.create("https://example.com/" + id + ".yml#sha256=" + pin(id)),
        Optional.empty(),
        "me",
        Instant.EPOCH,
        rules,
        Optional.empty());
  }

  private static String pin(String id) {
    return DigestUtils.sha256Hex(id);
  }
}
