package dev.stretcher.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.store.Lease;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What comes in between while an agent waits for its turn. */
class RolloutTroubleTest extends RolloutFixture {
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
  void aSourceThatIsAwayIsNoFailureOfTheVersionAndTakesNoSlot() throws Exception {
    says("web2", HostState.LIVE, 1, "v1");
    URI manifest = publish("v2", "");
    byte[] archive = Files.readAllBytes(directory.resolve("v2.tar"));
    Files.delete(directory.resolve("v2.tar"));
    rollTo(2, "v2", manifest, rules(0, 1, Optional.of(0)));
    HostStatus waiting = await(status -> status.stage().equals(Optional.of("fetch")));
    assertThat(waiting.state()).isEqualTo(HostState.FETCHING);
    awaitWord(HostState.WAITING, "v2.tar");
    assertThat(store.text(LOCK)).isEmpty();
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
    HostStatus waiting = awaitWord(HostState.PREPARED, "switch at once");
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
    awaitWord(HostState.PREPARED, "at most 1 of 1 switch at once");
    says("web2", HostState.DEPLOYING, 2, "v1");
    roll(3, "v2", "", since(2, rules(0, 2, Optional.empty()), false));

    await(HostState.LIVE, 3);
    assertThat(store.text(LOCK).orElseThrow()).startsWith("{\"Limit\":2,");
  }
}
