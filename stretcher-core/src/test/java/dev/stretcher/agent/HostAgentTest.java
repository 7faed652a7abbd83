package dev.stretcher.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.store.KeyValue;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostAgentTest extends AgentFixture {
  @Test
  void deploysAtTheStartWhatIsDesired() throws Exception {
    desire(1, "v1", "commands: {pre: [stop], post: [start]}");
    start();

    HostStatus status = await(HostState.LIVE, 1);
    assertThat(deployed()).isEqualTo("v1");
    assertThat(status.live()).contains("v1");
    assertThat(status.id()).contains("v1");
    assertThat(states())
        .containsSubsequence(HostState.FETCHING, HostState.DEPLOYING, HostState.LIVE);
    assertThat(ran).containsExactly("stop", "start");
    assertThat(stored(HostState.LIVE).live()).contains("v1");
  }

  @Test
  void writesTheLogAndTheKeysOfTheDashboard() throws Exception {
    desire(1, "v1", "commands: {post: [start]}");
    start();
    stored(HostState.LIVE);

    assertThat(store.text(FleetKeys.log(NODE, SHOP)).orElseThrow())
        .contains("invoking command: start", "Deploy manifest succeeded.");
    KeyValue shown = store.get(FleetKeys.dashboard(NODE, SHOP)).orElseThrow();
    assertThat(shown.value()).startsWith("live v1\n").contains("Deploy manifest succeeded.");
    assertThat(shown.flags() % 1000).isZero();
    assertThat(shown.flags() / 1000).isPositive();
    assertThat(store.text(FleetKeys.dashboardDeployed(NODE, SHOP))).contains("v1");
  }

  @Test
  void doesNothingAtTheStartIfThatIsLive() throws Exception {
    desire(1, "v1", "commands: {post: [start]}");
    start();
    await(HostState.LIVE, 1);
    end();
    forget();

    start();
    assertThat(await(HostState.LIVE, 1).live()).contains("v1");
    assertThat(ran).isEmpty();
    assertThat(states()).containsExactly(HostState.LIVE);
  }

  @Test
  void asksTheLedgerIfItRemembersNothing() throws Exception {
    desire(1, "v1", "commands: {post: [start]}");
    start();
    await(HostState.LIVE, 1);
    end();
    forget();
    java.nio.file.Files.delete(state.resolve("fleet/shop.json"));

    start();
    await(HostState.LIVE, 1);
    assertThat(ran).isEmpty();
  }

  @Test
  void deploysAgainWhatIsGone() throws Exception {
    desire(1, "v1");
    start();
    await(HostState.LIVE, 1);
    end();
    java.nio.file.Files.delete(dest.resolve("version"));
    java.nio.file.Files.delete(dest);

    start();
    await(HostState.LIVE, 1);
    assertThat(deployed()).isEqualTo("v1");
  }

  @Test
  void followsEachGenerationAndGoesBack() throws Exception {
    desire(1, "v1");
    start();
    await(HostState.LIVE, 1);
    desire(2, "v2");
    assertThat(await(HostState.LIVE, 2).live()).contains("v2");
    assertThat(deployed()).isEqualTo("v2");
    desire(3, "v1");
    assertThat(await(HostState.LIVE, 3).live()).contains("v1");
    assertThat(deployed()).isEqualTo("v1");
  }

  @Test
  void deploysNothingIfTheSameManifestIsDesiredAgain() throws Exception {
    desire(1, "v1", "commands: {post: [start]}");
    start();
    await(HostState.LIVE, 1);
    forget();
    desire(2, "v1", "commands: {post: [start]}");

    await(HostState.LIVE, 2);
    assertThat(ran).isEmpty();
  }

  @Test
  void cancelsAFetchIfSomethingNewerIsDesired() throws Exception {
    files.hold();
    desire(1, "v1");
    start();
    files.awaitHeld();
    desire(2, "v2");

    await(HostState.SUPERSEDED, 1);
    files.open();
    await(HostState.LIVE, 2);
    assertThat(deployed()).isEqualTo("v2");
    assertThat(states()).filteredOn(HostState.LIVE::equals).hasSize(1);
  }

  @Test
  void endsADeployThatIsPastItsPreCommands() throws Exception {
    java.util.concurrent.CountDownLatch inPost = new java.util.concurrent.CountDownLatch(1);
    java.util.concurrent.CountDownLatch go = new java.util.concurrent.CountDownLatch(1);
    hooks =
        hook -> {
          if (hook.command().equals("slow")) {
            inPost.countDown();
            go.await();
          }
          ran.add(hook.command());
          return 0;
        };
    desire(1, "v1", "commands: {pre: [slow], post: [one]}");
    start();
    inPost.await();
    forget();
    int calls = store.calls();
    desire(2, "v2", "commands: {post: [two]}");
    // The agent has taken it once it asks again.
    while (store.calls() < calls + 2) {
      Thread.onSpinWait();
    }
    go.countDown();

    await(HostState.LIVE, 2);
    assertThat(ran).containsExactly("slow", "one", "two");
  }

  @Test
  void triesAgainWhatASourceCouldNotGive() throws Exception {
    files.away(true);
    desire(1, "v1");
    start();
    HostStatus waiting = await(status -> status.state() == HostState.WAITING);
    assertThat(waiting.error()).hasValueSatisfying(text -> assertThat(text).contains("refused"));
    pauses.awaitLater(3);
    forget();
    pauses.pass();
    await(status -> status.state() == HostState.WAITING);
    pauses.awaitLater(2);
    files.away(false);
    pauses.pass();

    assertThat(await(HostState.LIVE, 1).error()).isEmpty();
    assertThat(deployed()).isEqualTo("v1");
  }

  @Test
  void holdsABadVersionUntilSomethingElseIsDesired() throws Exception {
    desire(1, "v1");
    start();
    await(HostState.LIVE, 1);
    desire(2, "v2", "commands: {pre: [bad]}");
    HostStatus failed = await(HostState.FAILED, 2);
    assertThat(failed.live()).contains("v1");
    assertThat(failed.stage()).contains("pre");
    assertThat(failed.error()).isPresent();
    forget();
    pauses.pass();
    desire(3, "v3");

    await(HostState.LIVE, 3);
    assertThat(ran).isEmpty();
  }

  @Test
  void triesABadVersionAgainOnDemand() throws Exception {
    desire(1, "v1", "commands: {pre: [bad]}");
    HostAgent agent = start();
    await(HostState.FAILED, 1);
    hooks = hook -> 0;
    forget();
    agent.retry();

    await(HostState.FAILED, 1);
    assertThat(states()).contains(HostState.FETCHING);
  }

  @Test
  void doesNotKnowWhatIsLiveAfterACommandThatFailedLate() throws Exception {
    desire(1, "v1");
    start();
    await(HostState.LIVE, 1);
    desire(2, "v2", "commands: {post: [bad]}");

    assertThat(await(HostState.FAILED, 2).live()).isEqualTo(Optional.empty());
    desire(3, "v1");
    assertThat(await(HostState.LIVE, 3).live()).contains("v1");
    assertThat(deployed()).isEqualTo("v1");
  }
}
