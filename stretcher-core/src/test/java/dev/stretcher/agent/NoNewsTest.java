package dev.stretcher.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.fleet.Fleet;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.fleet.RolloutRequest;
import dev.stretcher.policy.Policy;
import dev.stretcher.store.Change;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who looks at the fleet sees why a host does not take what the store has. */
class NoNewsTest extends AgentFixture {
  @Test
  void aHostSaysInItsStatusWhyItDoesNotTakeWhatTheStoreHas() throws Exception {
    store.put(FleetKeys.desired(SHOP), "{\"v\":1,");
    start();
    HostStatus idle = await(status -> status.error().isPresent());
    assertThat(idle.state()).isEqualTo(HostState.IDLE);
    assertThat(idle.error().get()).startsWith("what the store has is no news: not a JSON object");

    desire(1, "v1");
    assertThat(await(HostState.LIVE, 1).error()).isEmpty();
    String good = desired(2, "v2", publish("v2", "")).json();
    store.put(FleetKeys.desired(SHOP), good.replace("\"v2\"", "\"../v2\""));
    assertThat(await(status -> live(status) && status.error().isPresent()).error().get())
        .contains("'../v2' is no ID of a version");

    forget();
    store.put(FleetKeys.desired(SHOP), desired(1, "v1", publish("v1", "")).json());
    assertThat(await(NoNewsTest::live).error()).isEmpty();
  }

  private static boolean live(HostStatus status) {
    return status.state() == HostState.LIVE;
  }

  @Test
  void theNextRolloutIntoAStoreThatHasLostAllCountsForHosts() throws Exception {
    desire(7, "v1");
    start();
    await(HostState.LIVE, 7);
    stored(HostState.LIVE);
    store.restore(new dev.stretcher.contract.StoreInMemory().snapshot());
    awaitWarning("the store has none; v1 stays");
    assertThat(stored(HostState.LIVE).generation()).isEqualTo(7);

    Fleet.over(store).rollout(new RolloutRequest(SHOP, publish("v2", ""), "v2", "me"));

    await(HostState.LIVE, 8);
    assertThat(deployed()).isEqualTo("v2");
  }

  @Test
  void aStoreThatWasAwayGetsTheStatusAgain() throws Exception {
    desire(1, "v1");
    start();
    await(HostState.LIVE, 1);
    stored(HostState.LIVE);
    store.goAway();
    pauses.awaitSleeping();
    store.comeBack();
    store.write(List.of(Change.delete(FleetKeys.host(NODE, SHOP))));
    pauses.pass();

    assertThat(stored(HostState.LIVE).live()).contains("v1");
  }

  @Test
  void whatWaitsSaysWhenItIsTriedAgainAndWhyRemembersTheReason() throws Exception {
    files.away(true);
    desire(1, "v1");
    start();
    await(HostState.WAITING, 1);
    awaitWarning("it is tried again in 1s");

    Why why = Why.of(SHOP, store, state, place -> List.of(), Policy.OPEN);
    assertThat(why.outcome()).contains(HostState.WAITING);
    assertThat(why.error().orElse("")).contains("connection refused");
    assertThat(
            new Gate(store, state, place -> List.of(), Policy.OPEN, Clock.systemUTC())
                .ask(SHOP, java.time.Duration.ZERO)
                .reason())
        .contains("v1 is desired, and it is not known what is live");
  }
}
