package dev.stretcher.agent;

import dev.stretcher.ReleasesInMemory;
import dev.stretcher.Stretcher;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.fleet.MaxParallel;
import dev.stretcher.fleet.RolloutRules;
import dev.stretcher.fleet.RolloutRules.OnFailure;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.policy.Policy;
import dev.stretcher.report.DeployListener;
import dev.stretcher.store.Change;
import dev.stretcher.store.Change.Condition;
import dev.stretcher.store.Lease;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;

/** An agent in a rollout with rules; what other hosts say is written by the tests. */
abstract class RolloutFixture extends AgentFixture {
  static final String LOCK = "stretcher/slots/shop/.lock";
  static final long SEMAPHORE = 0xe0f69a2baa414de0L;
  static final RolloutRules ONE_AT_A_TIME = rules(0, 1, Optional.empty());

  String strategy = "swap";

  static RolloutRules rules(int canary, int most, Optional<Integer> failures) {
    Optional<MaxParallel> limit =
        most == 0 ? Optional.empty() : Optional.of(new MaxParallel(most, false));
    return new RolloutRules(canary, limit, failures, OnFailure.HALT, false);
  }

  static RolloutRules since(long generation, RolloutRules rules, boolean paused) {
    return new RolloutRules(
        rules.canary(),
        rules.maxParallel(),
        rules.maxFailures(),
        rules.onFailure(),
        paused,
        generation);
  }

  final ReleasesInMemory releases = new ReleasesInMemory(Clock.systemUTC(), "version");

  @Override
  Options options() {
    return super.options().with(Settings.SYNC_STRATEGY, strategy);
  }

  @Override
  Stretcher.Builder library(DeployListener listener) {
    return super.library(listener).syncer(releases);
  }

  @BeforeEach
  void serveTheFirstVersion() throws Exception {
    desire(1, "v1");
    start();
    await(HostState.LIVE, 1);
  }

  void roll(long generation, String version, String more, RolloutRules rules) throws Exception {
    rollTo(generation, version, publish(version, more), rules);
  }

  void rollTo(long generation, String version, URI manifest, RolloutRules rules) throws Exception {
    DesiredState desired =
        new DesiredState(
            SHOP,
            generation,
            version,
            manifest,
            Optional.of("v1"),
            "me",
            Instant.EPOCH,
            rules,
            Optional.empty());
    store.put(FleetKeys.desired(SHOP), desired.json());
  }

  void says(String node, HostState state, long generation, String live) throws Exception {
    HostStatus status =
        new HostStatus(
            node,
            SHOP,
            generation,
            Optional.of(live),
            state,
            Optional.of(live),
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty(),
            0,
            0,
            "");
    store.put(FleetKeys.host(node, SHOP), status.json());
  }

  static String idOfCanary(String node) {
    String other = node.equals(NODE) ? "web2" : NODE;
    for (int i = 2; ; i++) {
      String id = "v" + i;
      if (rank(id, node).compareTo(rank(id, other)) < 0) {
        return id;
      }
    }
  }

  private static String rank(String id, String node) {
    return DigestUtils.sha256Hex(id + " " + node);
  }

  /** Takes a slot as consul lock does. */
  Lease takeSlot() throws Exception {
    Lease lease = store.lease("another", Duration.ofSeconds(30));
    lease.take("stretcher/slots/shop/" + lease.id(), "web9");
    String value = "{\"Limit\":1,\"Holders\":{\"%s\":true}}".formatted(lease.id());
    store.write(List.of(new Change.Put(LOCK, value, SEMAPHORE, Condition.NONE)));
    return lease;
  }

  HostStatus awaitWord(HostState state, String word) throws Exception {
    return await(
        status ->
            status.state() == state && status.error().filter(it -> it.contains(word)).isPresent());
  }

  Gate.Decision gate() throws Exception {
    Gate gate = new Gate(store, state, releases::list, Policy.OPEN, Clock.systemUTC());
    return gate.ask(SHOP, Duration.ofHours(1));
  }

  /** What the agent remembers is written after its status. */
  void awaitGate() throws Exception {
    while (gate().answer() != Gate.Answer.MAY_START) {
      Thread.onSpinWait();
    }
  }

  void awaitSlots(String value) throws Exception {
    long version = 0;
    while (!store.text(LOCK).equals(Optional.of(value))
        || store.list("stretcher/slots/shop/").entries().size() > 1) {
      version = store.watch("stretcher/slots/", version, Duration.ofSeconds(5)).version();
    }
  }

  /** Returns what is counted down when a command runs. */
  CountDownLatch startWithCommandsThatWaitFor(CountDownLatch goesOn) {
    CountDownLatch runs = new CountDownLatch(1);
    hooks =
        hook -> {
          runs.countDown();
          goesOn.await();
          return 0;
        };
    end();
    start();
    return runs;
  }
}
