package dev.stretcher.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.policy.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A source that does not give what is desired: who looks at 3 a.m. finds out why. */
class FetchTroubleTest extends AgentFixture {
  private Duration retryWait = Duration.ofDays(1);

  @Override
  Options options() {
    return super.options().with(Settings.RETRY, 1).with(Settings.RETRY_WAIT, retryWait);
  }

  /** What is remembered is written behind what is said. */
  private Why whyOnceItIs(HostState outcome) throws Exception {
    Why why = Why.of(SHOP, store, state, dest -> List.of(), Policy.OPEN);
    while (!why.outcome().equals(Optional.of(outcome))) {
      why = Why.of(SHOP, store, state, dest -> List.of(), Policy.OPEN);
    }
    return why;
  }

  @Test
  void aHostThatTriesToFetchAgainSaysWhy() throws Exception {
    files.away(true);
    desire(1, "v1");
    start();

    HostStatus status = await(each -> each.error().isPresent());
    assertThat(status.state()).isEqualTo(HostState.FETCHING);
    assertThat(status.error().orElseThrow())
        .contains("v1.yml", "connection refused")
        .endsWith("; it is tried again");
    assertThat(whyOnceItIs(HostState.WAITING).error().orElseThrow())
        .contains("v1.yml", "connection refused");
  }

  @Test
  void whatWasTroubleIsForgottenWithWhatIsFetched() throws Exception {
    retryWait = Duration.ZERO;
    files.failOnce();
    desire(1, "v1");
    start();

    await(status -> status.error().isPresent());
    assertThat(await(HostState.DEPLOYING, 1).error()).isEmpty();
    await(HostState.LIVE, 1);
    assertThat(whyOnceItIs(HostState.LIVE).error()).isEmpty();
  }
}
