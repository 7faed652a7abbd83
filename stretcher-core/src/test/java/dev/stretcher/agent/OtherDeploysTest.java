package dev.stretcher.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.Stretcher;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** Events, commands and other processes deploy to the dest of an agent, too. */
class OtherDeploysTest extends AgentFixture {
  @Test
  void saysWhatAnotherDeployHasMadeLive() throws Exception {
    desire(1, "v1");
    start();
    await(HostState.LIVE, 1);
    deployByHand(publish("v2", ""));
    pauses.pass();

    HostStatus status = await(HostState.SUPERSEDED, 1);
    assertThat(status.live().orElseThrow()).startsWith("sha256:");
    assertThat(status.error().orElseThrow())
        .contains("another deploy to " + dest, "brings v1 back");
    assertThat(stored(HostState.SUPERSEDED).live()).isEqualTo(status.live());
    assertThat(deployed()).isEqualTo("v2");
  }

  @Test
  void isLiveAgainWhenSomebodyDeploysWhatIsDesired() throws Exception {
    URI wanted = desire(1, "v1").manifest();
    start();
    await(HostState.LIVE, 1);
    deployByHand(publish("v2", ""));
    pauses.pass();
    await(HostState.SUPERSEDED, 1);
    forget();
    deployByHand(wanted);
    pauses.pass();

    assertThat(await(HostState.LIVE, 1).live()).contains("v1");
  }

  @Test
  void bringsBackWhatIsDesiredWhenItIsTold() throws Exception {
    desire(1, "v1");
    HostAgent agent = start();
    await(HostState.LIVE, 1);
    deployByHand(publish("v2", ""));
    pauses.pass();
    await(HostState.SUPERSEDED, 1);
    forget();
    agent.retry();

    assertThat(await(HostState.LIVE, 1).live()).contains("v1");
    assertThat(deployed()).isEqualTo("v1");
  }

  @Test
  void doesNotKnowWhatIsLiveAfterAnotherDeployThatFailed() throws Exception {
    desire(1, "v1");
    start();
    await(HostState.LIVE, 1);
    URI bad = publish("v2", "commands: {post: [bad]}");
    assertThatThrownBy(() -> deployByHand(bad)).hasMessageContaining("bad");
    pauses.pass();

    HostStatus status = await(HostState.SUPERSEDED, 1);
    assertThat(status.live()).isEmpty();
    assertThat(status.error().orElseThrow())
        .contains("did not succeed, and it is not known what is live", "brings v1 back");
  }

  @Test
  void keepsTheStateOfAFailureAndSaysWhatIsLive() throws Exception {
    desire(1, "v1");
    start();
    await(HostState.LIVE, 1);
    desire(2, "v2", "commands: {pre: [bad]}");
    await(HostState.FAILED, 2);
    forget();
    deployByHand(publish("v3", ""));
    pauses.pass();

    HostStatus status = await(HostState.FAILED, 2);
    assertThat(status.live().orElseThrow()).startsWith("sha256:");
    assertThat(status.error()).isPresent();
  }

  private void deployByHand(URI manifest) throws Exception {
    try (Stretcher stretcher = stretcher(SHOP, event -> {})) {
      stretcher.deploy(manifest);
    }
  }
}
