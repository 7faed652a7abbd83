package dev.stretcher.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.Stretcher;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.fleet.RolloutRules;
import dev.stretcher.option.Settings;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployListener;
import dev.stretcher.store.Lease;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a host has ready while it waits for its turn, by a syncer that keeps no releases. */
class ReadyBeforeTurnTest extends RolloutFixture {
  private static final String PRE = "commands: {pre: [good]}";

  private volatile Callable<?> atWarning = () -> "";

  @Override
  public void onWarning(AppName app, String message) {
    super.onWarning(app, message);
    Callable<?> once = atWarning;
    atWarning = () -> "";
    try {
      once.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void allIsFetchedAndNothingIsChanged() throws Exception {
    Lease other = takeSlot();
    roll(2, "v2", PRE, ONE_AT_A_TIME);
    awaitWord(HostState.PREPARED, "at most 1 of 1 switch at once");
    assertThat(deployed()).isEqualTo("v1");
    assertThat(ran).isEmpty();
    Files.delete(directory.resolve("v2.tar"));

    other.close();
    await(HostState.LIVE, 2);
    assertThat(deployed()).isEqualTo("v2");
    assertThat(ran).containsExactly("good");
  }

  @Test
  void otherRulesFindItReady() throws Exception {
    takeSlot();
    URI manifest = publish("v2", "");
    rollTo(2, "v2", manifest, ONE_AT_A_TIME);
    awaitWord(HostState.PREPARED, "at most 1 of 1 switch at once");
    Files.delete(directory.resolve("v2.tar"));
    rollTo(3, "v2", manifest, since(2, ONE_AT_A_TIME, true));
    HostStatus paused = awaitWord(HostState.PREPARED, "the rollout is paused");
    assertThat(paused.generation()).isEqualTo(3);

    rollTo(4, "v2", manifest, RolloutRules.NONE);
    await(HostState.LIVE, 4);
    assertThat(deployed()).isEqualTo("v2");
  }

  @Test
  void whatFailsThenIsSaidOfWhatIsDesiredThenAndNotTriedAgain() throws Exception {
    takeSlot();
    URI manifest = publish("v2", "commands: {pre: [bad]}");
    rollTo(2, "v2", manifest, ONE_AT_A_TIME);
    awaitWord(HostState.PREPARED, "at most 1 of 1 switch at once");
    forget();
    rollTo(3, "v2", manifest, RolloutRules.NONE);

    await(HostState.FAILED, 3);
    assertThat(states()).doesNotContain(HostState.FETCHING, HostState.LIVE);
    assertThat(ran).containsExactly("bad");
  }

  @Test
  void aRolloutThatIsHeldLeavesDestToOthers() throws Exception {
    String id = idOfCanary("web2");
    says("web2", HostState.LIVE, 1, "v1");
    roll(2, id, "", rules(1, 0, Optional.empty()));
    awaitWord(HostState.PREPARED, "the canary web2 is to be live first");
    says("web2", HostState.FAILED, 2, "v1");
    awaitWord(HostState.HELD, "the canary web2 failed");

    deployByHand("v7");
    assertThat(deployed()).isEqualTo("v7");
    assertThat(left()).isEmpty();
  }

  @Test
  void aWaitThatLastsLeavesDestToOthersAndFetchesAgain() throws Exception {
    Lease other = takeSlot();
    roll(2, "v2", "", ONE_AT_A_TIME);
    awaitWord(HostState.PREPARED, "at most 1 of 1 switch at once");
    pauses.awaitAsked(1);
    forget();
    pauses.pass();
    await(HostState.WAITING, 2);

    deployByHand("v7");
    assertThat(deployed()).isEqualTo("v7");
    other.close();
    await(HostState.LIVE, 2);
    assertThat(deployed()).isEqualTo("v2");
  }

  @Test
  void otherRulesCostNoFurtherDownloadWhenTheWaitLasts() throws Exception {
    Lease other = takeSlot();
    URI manifest = publish("v2", "");
    rollTo(2, "v2", manifest, ONE_AT_A_TIME);
    awaitWord(HostState.PREPARED, "at most 1 of 1 switch at once");
    rollTo(3, "v2", manifest, since(2, rules(0, 1, Optional.of(5)), false));
    await(HostState.PREPARED, 3);
    forget();
    pauses.pass();

    HostStatus next = await(status -> status.state() != HostState.PREPARED);
    assertThat(next.state()).isEqualTo(HostState.WAITING);
    assertThat(next.generation()).isEqualTo(3);
    other.close();
    await(HostState.LIVE, 3);
  }

  @Test
  void aDeployByHandInBetweenIsWhatIsLiveIfTheNextFetchFails() throws Exception {
    Lease other = takeSlot();
    roll(2, "v2", "", ONE_AT_A_TIME);
    awaitWord(HostState.PREPARED, "at most 1 of 1 switch at once");
    forget();
    pauses.pass();
    await(HostState.WAITING, 2);
    deployByHand("v7");
    Files.delete(directory.resolve("v2.tar"));
    other.close();

    HostStatus failed = awaitWord(HostState.WAITING, "v2.tar");
    assertThat(failed.live().orElseThrow()).startsWith("sha256:");
  }

  @Test
  void aRetryMeanwhileIsNoRetryOfWhatFailsInTheTurn() throws Exception {
    end();
    HostAgent agent = start();
    Lease other = takeSlot();
    roll(2, "v2", "commands: {post: [bad]}", ONE_AT_A_TIME);
    awaitWord(HostState.PREPARED, "at most 1 of 1 switch at once");
    agent.retry();
    other.close();

    await(HostState.FAILED, 2);
    awaitRest();
    assertThat(ran).containsExactly("bad");
  }

  @Test
  void whatIsNewerInTheMomentOfATurnWaitsForItsOwn() throws Exception {
    String id = idOfCanary("web2");
    says("web2", HostState.LIVE, 1, "v1");
    Lease other = takeSlot();
    roll(2, "old", PRE, ONE_AT_A_TIME);
    awaitWord(HostState.PREPARED, "switch at once");
    atWarning =
        () -> {
          int calls = store.calls();
          roll(3, id, "", rules(1, 0, Optional.empty()));
          while (store.calls() < calls + 2) {
            Thread.onSpinWait();
          }
          return id;
        };
    // What is to be remembered at the begin of a switch cannot be, which is a warning.
    Path memory = state.resolve("fleet/shop.json");
    Files.delete(memory);
    Files.createDirectories(memory.resolve("directory"));
    other.close();

    HostStatus next =
        await(
            status ->
                status.generation() == 3
                    && (status.state() == HostState.LIVE || status.state() == HostState.PREPARED));
    assertThat(next.state()).isEqualTo(HostState.PREPARED);
    assertThat(warnings).anyMatch(text -> text.contains("cannot be remembered"));
  }

  @Test
  void anAgentThatEndsMeanwhileLeavesNothing() throws Exception {
    takeSlot();
    roll(2, "v2", PRE, ONE_AT_A_TIME);
    awaitWord(HostState.PREPARED, "at most 1 of 1 switch at once");
    end();

    assertThat(deployed()).isEqualTo("v1");
    assertThat(ran).isEmpty();
    assertThat(left()).isEmpty();
    deployByHand("v7");
  }

  @Test
  void anAgentThatEndsMeanwhileWaitsForItsTurnAfterItsStart() throws Exception {
    Lease other = takeSlot();
    roll(2, "v2", PRE, ONE_AT_A_TIME);
    awaitWord(HostState.PREPARED, "at most 1 of 1 switch at once");
    end();
    start();
    awaitWord(HostState.PREPARED, "at most 1 of 1 switch at once");
    assertThat(ran).isEmpty();

    other.close();
    await(HostState.LIVE, 2);
  }

  private static void awaitRest() {
    while (Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("stretcher-shop"))) {
      Thread.onSpinWait();
    }
  }

  /** Fails at once if the agent holds the lock. */
  private void deployByHand(String version) throws Exception {
    DeployListener silent =
        new DeployListener() {
          @Override
          public void onEvent(DeployEvent event) {}
        };
    URI manifest = publish(version, "");
    try (Stretcher stretcher =
        library(silent).options(options().with(Settings.LOCK_TIMEOUT, Duration.ZERO)).build()) {
      stretcher.deploy(manifest);
    }
  }

  /** Returns the temporary files and directories that are left, beside dest and elsewhere. */
  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(".stretcher"))
          .filter(file -> !file.getFileName().toString().endsWith(".lock"))
          .toList();
    }
  }
}
