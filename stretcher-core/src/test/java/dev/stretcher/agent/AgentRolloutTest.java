package dev.stretcher.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.ReleasesInMemory;
import dev.stretcher.Stretcher;
import dev.stretcher.contract.StoreInMemory;
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
import dev.stretcher.store.KeyValue;
import dev.stretcher.store.Lease;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An agent in a rollout with rules; what other hosts say is written by the tests. */
class AgentRolloutTest extends AgentFixture {
  private static final String LOCK = "stretcher/slots/shop/.lock";
  private static final long SEMAPHORE = 0xe0f69a2baa414de0L;
  private static final RolloutRules ONE_AT_A_TIME = rules(0, 1, Optional.empty());

  private String strategy = "swap";

  private static RolloutRules rules(int canary, int most, Optional<Integer> failures) {
    Optional<MaxParallel> limit =
        most == 0 ? Optional.empty() : Optional.of(new MaxParallel(most, false));
    return new RolloutRules(canary, limit, failures, OnFailure.HALT, false);
  }

  private static RolloutRules since(long generation, RolloutRules rules, boolean paused) {
    return new RolloutRules(
        rules.canary(),
        rules.maxParallel(),
        rules.maxFailures(),
        rules.onFailure(),
        paused,
        generation);
  }

  private final ReleasesInMemory releases = new ReleasesInMemory(Clock.systemUTC(), "version");

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

  private void roll(long generation, String version, String more, RolloutRules rules)
      throws Exception {
    rollTo(generation, version, publish(version, more), rules);
  }

  private void rollTo(long generation, String version, URI manifest, RolloutRules rules)
      throws Exception {
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

  private void says(String node, HostState state, long generation, String live) throws Exception {
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

  /** Takes a slot as consul lock does. */
  private Lease takeSlot() throws Exception {
    Lease lease = store.lease("another", Duration.ofSeconds(30));
    lease.take("stretcher/slots/shop/" + lease.id(), "web9");
    String value = "{\"Limit\":1,\"Holders\":{\"%s\":true}}".formatted(lease.id());
    store.write(List.of(new Change.Put(LOCK, value, SEMAPHORE, Condition.NONE)));
    return lease;
  }

  private HostStatus awaitWord(HostState state, String word) throws Exception {
    return await(
        status ->
            status.state() == state && status.error().filter(it -> it.contains(word)).isPresent());
  }

  private Gate.Decision gate() throws Exception {
    Gate gate = new Gate(store, state, releases::list, Policy.OPEN, Clock.systemUTC());
    return gate.ask(SHOP, Duration.ofHours(1));
  }

  /** Returns what is counted down when a command runs. */
  private CountDownLatch startWithCommandsThatWaitFor(CountDownLatch goesOn) {
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

  @Test
  void waitsForASlotAndGivesItBack() throws Exception {
    Lease other = takeSlot();
    roll(2, "v2", "", ONE_AT_A_TIME);
    awaitWord(HostState.WAITING, "at most 1 of 1 switch at once");
    assertThat(deployed()).isEqualTo("v1");
    assertThat(stored(HostState.WAITING).live()).contains("v1");

    other.close();
    await(HostState.LIVE, 2);
    assertThat(deployed()).isEqualTo("v2");
    awaitSlots("{\"Limit\":1,\"Holders\":{}}");
    KeyValue lock = store.get(LOCK).orElseThrow();
    assertThat(lock.flags()).isEqualTo(SEMAPHORE);
    assertThat(store.list("stretcher/slots/shop/").entries()).containsExactly(lock);
  }

  private void awaitSlots(String value) throws Exception {
    long version = 0;
    while (!store.text(LOCK).equals(Optional.of(value))
        || store.list("stretcher/slots/shop/").entries().size() > 1) {
      version = store.watch("stretcher/slots/", version, Duration.ofSeconds(5)).version();
    }
  }

  @Test
  void takesNoSlotIfItServesNothing() throws Exception {
    end();
    Files.delete(dest.resolve("version"));
    Files.delete(dest);
    takeSlot();
    roll(2, "v2", "", ONE_AT_A_TIME);
    start();

    await(HostState.LIVE, 2);
  }

  @Test
  void theFailureIsInTheStoreBeforeTheSlotIsFree() throws Exception {
    roll(2, "v2", "commands: {post: [bad]}", ONE_AT_A_TIME);
    await(HostState.FAILED, 2);
    awaitSlots("{\"Limit\":1,\"Holders\":{}}");

    KeyValue status = store.get(FleetKeys.host(NODE, SHOP)).orElseThrow();
    assertThat(status.value()).contains("\"failed\"");
    assertThat(status.version()).isLessThan(store.get(LOCK).orElseThrow().version());
  }

  @Test
  void holdsItselfWhenOthersFailedAndItsApplicationMayStart() throws Exception {
    says("web2", HostState.FAILED, 2, "v1");
    says("web3", HostState.FAILED, 1, "v1");
    roll(2, "v2", "", rules(0, 0, Optional.of(0)));

    HostStatus held = awaitWord(HostState.HELD, "web2 failed, and at most 0 may");
    assertThat(held.live()).contains("v1");
    assertThat(deployed()).isEqualTo("v1");
    Gate.Decision decision = gate();
    assertThat(decision.answer()).isEqualTo(Gate.Answer.MAY_START);
    assertThat(decision.reason()).contains("v1 is live until it is the turn of this host");

    says("web2", HostState.LIVE, 2, "v2");
    pauses.awaitSleeping();
    pauses.pass();
    await(HostState.LIVE, 2);
  }

  @Test
  void waitsForTheCanaryAlone() throws Exception {
    String id = idOfCanary("web2");
    says("web2", HostState.LIVE, 1, "v1");
    roll(2, id, "", rules(1, 0, Optional.empty()));
    awaitWord(HostState.WAITING, "the canary web2 is to be live first");
    says("web2", HostState.DEPLOYING, 2, "v1");
    assertThat(deployed()).isEqualTo("v1");

    says("web2", HostState.LIVE, 2, id);
    await(HostState.LIVE, 2);
  }

  @Test
  void isTheCanaryByTheHashOfTheIdAndItsName() throws Exception {
    says("web2", HostState.LIVE, 1, "v1");
    roll(2, idOfCanary(NODE), "", rules(1, 0, Optional.empty()));

    await(HostState.LIVE, 2);
  }

  private static String idOfCanary(String node) {
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

  @Test
  void beginsNothingWhilePausedAndLeavesAWaitForWhatIsNewer() throws Exception {
    roll(2, "v2", "", since(0, ONE_AT_A_TIME, true));
    awaitWord(HostState.WAITING, "the rollout is paused");
    roll(3, "v2", "", since(2, ONE_AT_A_TIME, false));

    await(HostState.LIVE, 3);
    assertThat(deployed()).isEqualTo("v2");
  }

  @Test
  void aNewerVersionEndsTheWaitForASlot() throws Exception {
    takeSlot();
    roll(2, "v2", "", ONE_AT_A_TIME);
    awaitWord(HostState.WAITING, "switch at once");
    roll(3, "v3", "", RolloutRules.NONE);

    await(HostState.LIVE, 3);
    assertThat(deployed()).isEqualTo("v3");
  }

  @Test
  void whatFailedIsNotTriedAgainWhenOnlyTheRulesChange() throws Exception {
    roll(2, "v2", "commands: {pre: [bad]}", ONE_AT_A_TIME);
    await(HostState.FAILED, 2);
    forget();
    roll(3, "v2", "commands: {pre: [bad]}", since(2, ONE_AT_A_TIME, true));
    assertThat(await(HostState.FAILED, 3).error().orElseThrow()).contains("bad");
    assertThat(ran).isEmpty();

    roll(4, "v2", "commands: {pre: [bad]}", ONE_AT_A_TIME);
    await(HostState.FAILED, 4);
    assertThat(ran).contains("bad");
  }

  @Test
  void aSlotThatIsLostInTheMiddleStopsNothing() throws Exception {
    CountDownLatch goesOn = new CountDownLatch(1);
    CountDownLatch runs = startWithCommandsThatWaitFor(goesOn);
    roll(2, "v2", "commands: {pre: [wait]}", ONE_AT_A_TIME);
    runs.await();
    store.passTime(Duration.ofMinutes(2));
    pauses.pass();
    awaitWarning("its slot is gone");
    goesOn.countDown();

    await(HostState.LIVE, 2);
    assertThat(deployed()).isEqualTo("v2");
  }

  @Test
  void theSlotLastsAsLongAsTheSwitch() throws Exception {
    CountDownLatch goesOn = new CountDownLatch(1);
    CountDownLatch runs = startWithCommandsThatWaitFor(goesOn);
    roll(2, "v2", "commands: {pre: [wait]}", ONE_AT_A_TIME);
    runs.await();
    String held = store.text(LOCK).orElseThrow();
    for (int i = 0; i < 4; i++) {
      int asked = pauses.asked().size();
      store.passTime(Duration.ofSeconds(20));
      pauses.pass();
      pauses.awaitAsked(asked + 2);
    }
    assertThat(store.list("stretcher/slots/shop/").entries()).hasSize(2);
    assertThat(store.text(LOCK)).contains(held);
    goesOn.countDown();
    await(HostState.LIVE, 2);
  }

  @Test
  void anAgentThatEndsGivesItsSlotBack() throws Exception {
    CountDownLatch runs = new CountDownLatch(1);
    hooks =
        hook -> {
          runs.countDown();
          Thread.sleep(60_000);
          return 0;
        };
    end();
    start();
    roll(2, "v2", "commands: {pre: [wait]}", ONE_AT_A_TIME);
    runs.await();
    end();

    assertThat(store.text(LOCK)).contains("{\"Limit\":1,\"Holders\":{}}");
  }

  @Test
  void aStoreThatGoesAwayLetsNobodySwitch() throws Exception {
    forget();
    Lease other = takeSlot();
    roll(2, "v2", "", ONE_AT_A_TIME);
    awaitWord(HostState.WAITING, "switch at once");
    store.goAway();
    awaitWord(HostState.WAITING, "its turn is not known: ");
    assertThat(deployed()).isEqualTo("v1");
    store.comeBack();
    other.close();
    // The watch of what is desired sleeps as well.
    while (!states().contains(HostState.DEPLOYING)) {
      pauses.pass();
      Thread.onSpinWait();
    }

    await(HostState.LIVE, 2);
  }

  @Test
  void onceWaitsForNobody() throws Exception {
    end();
    takeSlot();
    roll(2, "v2", "", ONE_AT_A_TIME);

    assertThat(builder(store, SHOP).build().once(Duration.ofSeconds(5))).isFalse();
    awaitWord(HostState.WAITING, "switch at once");
    assertThat(deployed()).isEqualTo("v1");
  }

  @Test
  void askedAgainItLooksAgain() throws Exception {
    end();
    says("web2", HostState.FAILED, 2, "v1");
    roll(2, "v2", "", rules(0, 0, Optional.of(0)));
    HostAgent agent = start(builder(store, SHOP).build());
    awaitWord(HostState.HELD, "web2 failed");
    says("web2", HostState.LIVE, 2, "v2");
    agent.retry();

    await(HostState.LIVE, 2);
  }

  @Test
  void aReleaseIsPreparedBeforeItsTurn() throws Exception {
    end();
    strategy = "releases";
    dest = directory.resolve("releases-of-shop");
    desire(2, "v2");
    start();
    await(HostState.LIVE, 2);
    forget();
    Lease other = takeSlot();
    roll(3, "v3", "", ONE_AT_A_TIME);

    awaitWord(HostState.PREPARED, "at most 1 of 1 switch at once");
    assertThat(states()).doesNotContain(HostState.DEPLOYING);
    assertThat(deployedRelease()).isEqualTo("v2");
    assertThat(gate().answer()).isEqualTo(Gate.Answer.MAY_START);
    Files.delete(directory.resolve("v3.tar"));
    other.close();
    await(HostState.LIVE, 3);
    assertThat(deployedRelease()).isEqualTo("v3");
  }

  @Test
  void aReleaseThatCannotBePreparedFailsWithoutASlot() throws Exception {
    end();
    strategy = "releases";
    dest = directory.resolve("releases-of-shop");
    desire(2, "v2");
    start();
    await(HostState.LIVE, 2);
    takeSlot();
    URI good = publish("v3", "");
    Files.writeString(directory.resolve("v3.tar"), "something else");
    rollTo(3, "v3", good, ONE_AT_A_TIME);

    HostStatus failed = await(HostState.FAILED, 3);
    assertThat(failed.live()).contains("v2");
    assertThat(failed.stage()).contains("verify");
  }

  private static RolloutRules orBack(int failures) {
    return new RolloutRules(0, Optional.empty(), Optional.of(failures), OnFailure.ROLLBACK, false);
  }

  private void remember(long generation) throws Exception {
    store.put(
        FleetKeys.history(SHOP, generation), store.text(FleetKeys.desired(SHOP)).orElseThrow());
  }

  @Test
  void goesBackWhenOthersFailAfterItSwitched() throws Exception {
    remember(1);
    says("web2", HostState.LIVE, 1, "v1");
    roll(2, "v2", "", orBack(0));
    await(HostState.LIVE, 2);
    assertThat(deployed()).isEqualTo("v2");

    says("web2", HostState.FAILED, 2, "v1");
    store.put(FleetKeys.failures(SHOP), "2 web2");
    HostStatus held = awaitWord(HostState.HELD, "this host went back to v1");
    assertThat(held.error()).contains("web2 failed, and at most 0 may; this host went back to v1");
    assertThat(held.live()).contains("v1");
    assertThat(deployed()).isEqualTo("v1");
    assertThat(gate().answer()).isEqualTo(Gate.Answer.MAY_START);

    forget();
    roll(3, "v3", "", RolloutRules.NONE);
    await(HostState.LIVE, 3);
  }

  @Test
  void goesBackAtTheStartIfItWasAwayWhenOthersFailed() throws Exception {
    remember(1);
    roll(2, "v2", "", orBack(0));
    await(HostState.LIVE, 2);
    end();
    says("web2", HostState.FAILED, 2, "v1");
    start();

    awaitWord(HostState.HELD, "this host went back to v1");
    assertThat(deployed()).isEqualTo("v1");
    end();
    start();
    awaitWord(HostState.HELD, "web2 failed");
    assertThat(deployed()).isEqualTo("v1");
  }

  @Test
  void whereItFailedTheEarlierVersionIsBroughtBackAndItCountsStill() throws Exception {
    remember(1);
    says("web2", HostState.LIVE, 1, "v1");
    roll(2, "v2", "commands: {post: [bad]}", orBack(1));
    await(HostState.FAILED, 2);
    says("web2", HostState.FAILED, 2, "v1");
    store.put(FleetKeys.failures(SHOP), "2 web2");

    HostStatus back = awaitWord(HostState.ROLLED_BACK, "this host went back to v1");
    assertThat(back.live()).contains("v1");
    assertThat(deployed()).isEqualTo("v1");
  }

  @Test
  void keepsWhatItHasIfTheHistoryHasNothingBeforeIt() throws Exception {
    says("web2", HostState.FAILED, 2, "v1");
    roll(2, "v2", "", orBack(1));
    await(HostState.LIVE, 2);
    says("web3", HostState.FAILED, 2, "v1");
    store.put(FleetKeys.failures(SHOP), "2 web3");

    awaitWarning("v2 was given up (web2, web3 failed, and at most 1 may), and the history");
    assertThat(deployed()).isEqualTo("v2");
  }

  private String deployedRelease() throws Exception {
    return Files.readString(releases.link(dest).resolve("version"));
  }

  @Test
  void aHostThatWaitsAsksTheStoreRarely() throws Exception {
    takeSlot();
    roll(2, "v2", "", ONE_AT_A_TIME);
    awaitWord(HostState.WAITING, "switch at once");
    StoreInMemory quiet = store;
    while (quiet.watching() < 2) {
      Thread.onSpinWait();
    }
    int calls = quiet.calls();
    for (int i = 0; i < 20; i++) {
      says("web" + (i + 10), HostState.FETCHING, 2, "v1");
    }

    assertThat(quiet.calls() - calls).isEqualTo(20);
  }

  @Test
  void aDelayByChanceIsOverBeforeASlotIsTaken() throws Exception {
    end();
    roll(2, "v2", "", ONE_AT_A_TIME);
    start(builder(store, SHOP).randomDelay(Duration.ofHours(1)).build());
    awaitWord(HostState.WAITING, "begins in ");
    pauses.awaitSleeping();
    assertThat(store.list("stretcher/slots/").entries()).isEmpty();
    assertThat(deployed()).isEqualTo("v1");

    pauses.pass();
    await(HostState.LIVE, 2);
    assertThat(deployed()).isEqualTo("v2");
  }

  @Test
  void aSourceThatIsAwayIsNoFailureOfTheVersionAndFreesTheSlot() throws Exception {
    says("web2", HostState.LIVE, 1, "v1");
    URI manifest = publish("v2", "");
    byte[] archive = Files.readAllBytes(directory.resolve("v2.tar"));
    Files.delete(directory.resolve("v2.tar"));
    rollTo(2, "v2", manifest, rules(0, 1, Optional.of(0)));
    HostStatus waiting = await(status -> status.stage().equals(Optional.of("fetch")));
    assertThat(waiting.state()).isEqualTo(HostState.FETCHING);
    awaitWord(HostState.WAITING, "v2.tar");
    awaitSlots("{\"Limit\":1,\"Holders\":{}}");
    assertThat(store.text(FleetKeys.failures(SHOP))).isEmpty();
    assertThat(stored(HostState.WAITING).live()).contains("v1");

    forget();
    Files.write(directory.resolve("v2.tar"), archive);
    while (!states().contains(HostState.LIVE)) {
      pauses.pass();
      Thread.onSpinWait();
    }
    assertThat(deployed()).isEqualTo("v2");
  }

  @Test
  void aHostThatWasAwayForSomeVersionsWaitsForASlotToo() throws Exception {
    end();
    Lease other = takeSlot();
    roll(2, "v2", "", ONE_AT_A_TIME);
    roll(3, "v3", "", ONE_AT_A_TIME);
    start();
    HostStatus waiting = awaitWord(HostState.WAITING, "switch at once");
    assertThat(waiting.live()).contains("v1");
    assertThat(waiting.generation()).isEqualTo(3);
    assertThat(gate().answer()).isEqualTo(Gate.Answer.MAY_START);

    other.close();
    await(HostState.LIVE, 3);
    assertThat(deployed()).isEqualTo("v3");
  }

  @Test
  void aLimitThatIsRaisedInTheMiddleLetsItGoOn() throws Exception {
    takeSlot();
    roll(2, "v2", "", ONE_AT_A_TIME);
    awaitWord(HostState.WAITING, "at most 1 of 1 switch at once");
    says("web2", HostState.DEPLOYING, 2, "v1");
    roll(3, "v2", "", since(2, rules(0, 2, Optional.empty()), false));

    await(HostState.LIVE, 3);
    assertThat(store.text(LOCK).orElseThrow()).startsWith("{\"Limit\":2,");
  }

  @Test
  void whatIsNewerWaitsForTheEndOfASwitchAndForASlotOfItsOwn() throws Exception {
    CountDownLatch goesOn = new CountDownLatch(1);
    CountDownLatch runs = startWithCommandsThatWaitFor(goesOn);
    roll(2, "v2", "commands: {pre: [wait]}", ONE_AT_A_TIME);
    runs.await();
    roll(3, "v3", "", ONE_AT_A_TIME);
    goesOn.countDown();

    await(HostState.LIVE, 2);
    await(HostState.LIVE, 3);
    assertThat(deployed()).isEqualTo("v3");
    awaitSlots("{\"Limit\":1,\"Holders\":{}}");
  }
}
