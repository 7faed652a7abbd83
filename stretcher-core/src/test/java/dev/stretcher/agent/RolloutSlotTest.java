package dev.stretcher.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.StoreInMemory;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.RolloutRules;
import dev.stretcher.store.KeyValue;
import dev.stretcher.store.Lease;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The slot that an agent takes before it switches, and gives back. */
class RolloutSlotTest extends RolloutFixture {
  @Test
  void waitsForASlotAndGivesItBack() throws Exception {
    Lease other = takeSlot();
    roll(2, "v2", "", ONE_AT_A_TIME);
    awaitWord(HostState.PREPARED, "at most 1 of 1 switch at once");
    assertThat(deployed()).isEqualTo("v1");
    assertThat(stored(HostState.PREPARED).live()).contains("v1");

    other.close();
    await(HostState.LIVE, 2);
    assertThat(deployed()).isEqualTo("v2");
    awaitSlots("{\"Limit\":1,\"Holders\":{}}");
    KeyValue lock = store.get(LOCK).orElseThrow();
    assertThat(lock.flags()).isEqualTo(SEMAPHORE);
    assertThat(store.list("stretcher/slots/shop/").entries()).containsExactly(lock);
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
  void aNewerVersionEndsTheWaitForASlot() throws Exception {
    takeSlot();
    roll(2, "v2", "", ONE_AT_A_TIME);
    awaitWord(HostState.PREPARED, "switch at once");
    roll(3, "v3", "", RolloutRules.NONE);

    await(HostState.LIVE, 3);
    assertThat(deployed()).isEqualTo("v3");
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
  void aHostThatWaitsAsksTheStoreRarely() throws Exception {
    takeSlot();
    roll(2, "v2", "", ONE_AT_A_TIME);
    awaitWord(HostState.PREPARED, "switch at once");
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
