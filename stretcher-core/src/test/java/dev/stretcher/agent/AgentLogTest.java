package dev.stretcher.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the store has of the log of a deploy, while it runs and later. */
class AgentLogTest extends AgentFixture {
  private final CountDownLatch hanging = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  @AfterEach
  void letGo() {
    goOn.countDown();
  }

  private void startAndHang() throws Exception {
    hooks =
        hook -> {
          if (hook.command().equals("hang")) {
            hanging.countDown();
            goOn.await();
          }
          return 0;
        };
    desire(1, "v1", "commands: {pre: [stop], post: [hang]}");
    start();
    hanging.await();
  }

  @Test
  void showsWhereADeployHangs() throws Exception {
    startAndHang();
    assertThat(store.text(FleetKeys.log(NODE, SHOP))).isEmpty();
    pauses.pass();

    await(FleetKeys.log(NODE, SHOP), "invoking command: hang");
    assertThat(store.text(FleetKeys.dashboard(NODE, SHOP)).orElseThrow())
        .startsWith("deploying v1\n")
        .contains("invoking command: hang");
    goOn.countDown();
    await(FleetKeys.log(NODE, SHOP), "Deploy manifest succeeded.");
  }

  @Test
  void writesNothingIfNoLineHasCome() throws Exception {
    startAndHang();
    pauses.pass();
    await(FleetKeys.log(NODE, SHOP), "invoking command: hang");
    List<Duration> asked = pauses.asked();
    pauses.pass();

    // The look for deploys of others is all that comes again.
    assertThat(pauses.asked().subList(asked.size(), pauses.asked().size()))
        .containsExactly(Duration.ofSeconds(2));
  }

  @Test
  void aStoreThatHangsDoesNotHoldUpALogThatGrows() throws Exception {
    Phaser steps = new Phaser(2);
    hooks =
        hook -> {
          steps.arriveAndAwaitAdvance();
          steps.arriveAndAwaitAdvance();
          return 0;
        };
    desire(1, "v1", "commands: {pre: [one, two], post: [three]}");
    start(builder(store.another(), SHOP).build());
    steps.arriveAndAwaitAdvance();
    store.stall();
    for (int i = 0; i < 2; i++) {
      pauses.pass();
      steps.arriveAndAwaitAdvance();
      steps.arriveAndAwaitAdvance();
    }
    pauses.pass();
    steps.arriveAndAwaitAdvance();
    await(HostState.LIVE, 1);

    assertThat(deployed()).isEqualTo("v1");
    store.comeBack();
    await(FleetKeys.log(NODE, SHOP), "Deploy manifest succeeded.");
  }

  @Test
  void theLogStaysOnTheDashboardWhenAStatusComesWithoutOne() throws Exception {
    desire(1, "v1", "commands: {post: [start]}");
    start();
    await(HostState.LIVE, 1);
    desire(2, "v1", "commands: {post: [start]}");
    await(HostState.LIVE, 2);

    await(FleetKeys.host(NODE, SHOP), "\"generation\":2");
    assertThat(store.text(FleetKeys.dashboard(NODE, SHOP)).orElseThrow())
        .startsWith("live v1\n")
        .contains("invoking command: start", "Deploy manifest succeeded.");
  }

  private void await(String key, String part) throws Exception {
    long version = 0;
    while (store.text(key).filter(text -> text.contains(part)).isEmpty()) {
      version = store.watch(key, version, Duration.ofSeconds(20)).version();
    }
  }
}
