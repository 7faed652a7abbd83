package dev.stretcher.fleet;

import static dev.stretcher.fleet.FleetFixture.ONE;
import static dev.stretcher.fleet.FleetFixture.SHOP;
import static dev.stretcher.fleet.FleetFixture.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.fleet.AwaitResult.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AwaitTest {
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final Counted REPORTING = new Counted.Reporting();

  private final FleetFixture it = new FleetFixture();
  private final Heard heard = new Heard();

  /** What a listener hears, and what happens then. */
  private static final class Heard implements AwaitListener {
    private final List<String> all = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();

    /** Something that happens. */
    private interface Step {
      void run() throws Exception;
    }

    @Override
    public void onStatus(FleetStatus status) {
      all.add(
          status.of(Standing.LIVE).size()
              + " live of "
              + status.hosts().size()
              + status.desired().map(state -> " " + state.id()).orElse(""));
      step();
    }

    @Override
    public void onStoreLost(String reason) {
      all.add("lost: " + reason);
      step();
    }

    @Override
    public void onStoreFound() {
      all.add("found");
    }

    private void step() {
      if (!steps.isEmpty()) {
        try {
          steps.remove(0).run();
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  @BeforeEach
  void publish() throws Exception {
    it.fleet.rollout(new RolloutRequest(SHOP, ONE, "1.0", "ci"));
  }

  private AwaitResult await(Counted who, int mostFailures, Duration most) throws Exception {
    return it.fleet.await(SHOP, Optional.empty(), who, mostFailures, most, heard);
  }

  private void then(Heard.Step step) {
    heard.steps.add(step);
  }

  @Test
  void endsWhenAllHaveItAndTellsHowFarTheyAre() throws Exception {
    it.says("web-1", HostState.LIVE, 1, "1.0");
    it.says("web-2", HostState.FETCHING, 1, "0.9");
    then(() -> it.says("web-2", HostState.DEPLOYING, 1, "0.9"));
    then(() -> it.says("web-2", HostState.LIVE, 1, "1.0"));

    AwaitResult result = await(REPORTING, 0, LONG);

    assertThat(result.end()).isEqualTo(End.LIVE);
    assertThat(heard.all).containsExactly("1 live of 2 1.0", "1 live of 2 1.0", "2 live of 2 1.0");
  }

  @Test
  void endsAtOnceWhenOneTooManyFailed() throws Exception {
    it.says("web-1", HostState.FAILED, 1, "0.9");
    it.says("web-2", HostState.FETCHING, 1, "0.9");

    AwaitResult result = await(REPORTING, 0, LONG);

    assertThat(result.end()).isEqualTo(End.FAILED);
    assertThat(result.last().orElseThrow().of(Standing.FAILED)).hasSize(1);
  }

  @Test
  void endsWhereAnotherDeployHasReplacedWhatWasLive() throws Exception {
    it.says("web-1", HostState.LIVE, 1, "1.0");
    it.says("web-2", HostState.SUPERSEDED, 1, "0.9");

    assertThat(await(REPORTING, 0, LONG).end()).isEqualTo(End.FAILED);
  }

  @Test
  void asManyAsMayFailDoNotStopTheOthers() throws Exception {
    it.says("web-1", HostState.ROLLED_BACK, 1, "0.9");
    it.says("web-2", HostState.FETCHING, 1, "0.9");
    then(() -> it.says("web-2", HostState.LIVE, 1, "1.0"));

    assertThat(await(REPORTING, 1, LONG).end()).isEqualTo(End.LIVE);
  }

  @Test
  void endsWhenThoseThatDoNotHaveItHoldIt() throws Exception {
    it.says("web-1", HostState.FAILED, 1, "0.9");
    it.says("web-2", HostState.HELD, 1, "0.9");

    assertThat(await(REPORTING, 1, LONG).end()).isEqualTo(End.FAILED);
  }

  @Test
  void namesThoseThatDidNotReportInTime() throws Exception {
    it.says("web-1", HostState.LIVE, 1, "1.0");
    it.says("web-2", HostState.FETCHING, 1, "0.9");

    AwaitResult result =
        await(new Counted.Named(Set.of("web-1", "web-2", "web-3")), 0, Duration.ofMillis(50));

    assertThat(result.end()).isEqualTo(End.TIMED_OUT);
    assertThat(result.last().orElseThrow().missing())
        .extracting(HostReport::node)
        .containsExactly("web-3", "web-2");
  }

  @Test
  void aFleetOfNobodyDoesNotHaveIt() throws Exception {
    assertThat(await(REPORTING, 0, Duration.ofMillis(50)).end()).isEqualTo(End.TIMED_OUT);
  }

  @Test
  void waitsForAnIdThatIsNotDesiredYet() throws Exception {
    it.says("web-1", HostState.LIVE, 1, "1.0");
    then(
        () -> {
          it.fleet.rollout(new RolloutRequest(SHOP, TWO, "2.0", "ci"));
          it.says("web-1", HostState.LIVE, 2, "2.0");
        });

    AwaitResult result = it.fleet.await(SHOP, Optional.of("2.0"), REPORTING, 0, LONG, heard);

    assertThat(result.end()).isEqualTo(End.LIVE);
    assertThat(heard.all).containsExactly("1 live of 1 1.0", "1 live of 1 2.0");
  }

  @Test
  void endsWhenSomethingElseIsDesired() throws Exception {
    it.says("web-1", HostState.FETCHING, 1, "0.9");
    then(
        () -> {
          it.fleet.rollout(new RolloutRequest(SHOP, TWO, "2.0", "somebody"));
          it.says("web-1", HostState.LIVE, 2, "2.0");
        });

    assertThat(await(REPORTING, 0, LONG).end()).isEqualTo(End.SUPERSEDED);
  }

  @Test
  void aStoreThatIsAwayIsAskedAgainAndSaidOnce() throws Exception {
    it.says("web-1", HostState.FETCHING, 1, "0.9");
    then(it.store::goAway);
    then(
        () -> {
          it.store.comeBack();
          it.says("web-1", HostState.LIVE, 1, "1.0");
        });

    assertThat(await(REPORTING, 0, LONG).end()).isEqualTo(End.LIVE);
    assertThat(heard.all)
        .containsExactly("0 live of 1 1.0", "lost: connection refused", "found", "1 live of 1 1.0");
  }

  @Test
  void aStoreThatNeverAnswersIsATimeOut() throws Exception {
    it.store.goAway();

    AwaitResult result = await(REPORTING, 0, Duration.ofMillis(300));

    assertThat(result).isEqualTo(new AwaitResult(End.TIMED_OUT, Optional.empty()));
    assertThat(heard.all).containsExactly("lost: connection refused");
  }

  @Test
  void whatNoHostCanReadEndsTheWait() throws Exception {
    it.store.put(FleetKeys.desired(SHOP), "<html>");

    assertThatThrownBy(() -> await(REPORTING, 0, LONG)).isInstanceOf(MalformedValueException.class);
  }

  @Test
  void anInterruptEndsTheWait() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> await(REPORTING, 0, LONG)).isInstanceOf(InterruptedException.class);
  }
}
