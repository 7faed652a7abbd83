package dev.stretcher.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.fleet.RolloutRules;
import dev.stretcher.fleet.RolloutRules.OnFailure;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An agent that goes back when others failed after it had its turn. */
class RolloutGivenUpTest extends RolloutFixture {
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
    awaitGate();

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
}
