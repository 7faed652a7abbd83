package dev.stretcher.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.fleet.HostState;
import dev.stretcher.policy.Policy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The clock of a host is set while its agent runs. */
class ClockJumpsTest extends AgentFixture {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final SetClock clock = new SetClock();

  /** A clock that goes on, and is set. */
  private static final class SetClock extends Clock {
    private volatile Duration wrong = Duration.ZERO;

    void jump(Duration by) {
      wrong = wrong.plus(by);
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(wrong);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private void startByThisClock() {
    start(builder(store, SHOP).clock(clock).build());
  }

  @Test
  void whatIsDesiredIsDeployedWhateverTheClockSays() throws Exception {
    startByThisClock();
    desire(1, "v1");
    Instant first = await(HostState.LIVE, 1).since();
    clock.jump(DAY.negated());
    desire(2, "v2");
    Instant second = await(HostState.LIVE, 2).since();
    clock.jump(DAY.multipliedBy(2));
    desire(3, "v3");
    Instant third = await(HostState.LIVE, 3).since();

    assertThat(deployed()).isEqualTo("v3");
    assertThat(states()).doesNotContain(HostState.SUPERSEDED);
    // The time of a state is that of the clock then.
    assertThat(second).isBefore(first.minus(HOUR));
    assertThat(third).isAfter(first.plus(HOUR));
  }

  @Test
  void whatIsLiveIsKnownAtAStartWithAClockThatWasSetBack() throws Exception {
    startByThisClock();
    desire(1, "v1");
    await(HostState.LIVE, 1);
    clock.jump(DAY.negated());
    desire(2, "v2");
    await(HostState.LIVE, 2);
    end();
    startByThisClock();

    assertThat(await(HostState.LIVE, 2).live()).contains("v2");
    assertThat(states()).containsExactly(HostState.LIVE);
  }

  @Test
  void waitsGrowWhateverTheClockSays() throws Exception {
    files.away(true);
    desire(1, "v1");
    startByThisClock();
    for (int i = 0; i < 4; i++) {
      await(status -> status.state() == HostState.WAITING);
      pauses.awaitLater(i == 0 ? 3 : 2);
      clock.jump(i % 2 == 0 ? DAY.negated() : DAY.multipliedBy(2));
      forget();
      pauses.pass();
    }

    assertThat(pauses.asked())
        .filteredOn(time -> time.toMillis() > 2500 && !time.equals(Duration.ofSeconds(5)))
        .hasSizeGreaterThanOrEqualTo(2)
        .allMatch(time -> time.compareTo(Duration.ofSeconds(16)) <= 0);
  }

  @Test
  void theGateGoesByTheTimeThatTheClockSays() throws Exception {
    startByThisClock();
    desire(1, "v1");
    await(HostState.LIVE, 1);
    end();
    store.goAway();
    Gate gate = new Gate(store, state, place -> List.of(), Policy.OPEN, clock);
    assertThat(gate.ask(SHOP, HOUR).answer()).isEqualTo(Gate.Answer.MAY_START);

    clock.jump(DAY);
    assertThat(gate.ask(SHOP, HOUR))
        .returns(Gate.Answer.NOT_KNOWN, Gate.Decision::answer)
        .extracting(Gate.Decision::reason)
        .asString()
        .contains("is too old");
    clock.jump(DAY.multipliedBy(2).negated());
    assertThat(gate.ask(SHOP, HOUR).answer()).isEqualTo(Gate.Answer.MAY_START);
  }
}
