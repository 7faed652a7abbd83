package dev.stretcher.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.store.Lease;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which hosts of a rollout with rules switch, and which hold themselves. */
class AgentRolloutTest extends RolloutFixture {
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
    awaitWord(HostState.PREPARED, "the canary web2 is to be live first");
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

  @Test
  void beginsNothingWhilePausedAndLeavesAWaitForWhatIsNewer() throws Exception {
    roll(2, "v2", "", since(0, ONE_AT_A_TIME, true));
    awaitWord(HostState.PREPARED, "the rollout is paused");
    roll(3, "v2", "", since(2, ONE_AT_A_TIME, false));

    await(HostState.LIVE, 3);
    assertThat(deployed()).isEqualTo("v2");
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
  void aStoreThatGoesAwayLetsNobodySwitch() throws Exception {
    forget();
    Lease other = takeSlot();
    roll(2, "v2", "", ONE_AT_A_TIME);
    awaitWord(HostState.PREPARED, "switch at once");
    store.goAway();
    awaitWord(HostState.PREPARED, "its turn is not known: ");
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
    // An agent whose apps all wait may take a new configuration, which cuts a deploy off.
    assertThat(states()).doesNotContain(HostState.PREPARED);
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

  private String deployedRelease() throws Exception {
    return Files.readString(releases.link(dest).resolve("version"));
  }
}
