package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.ledger.LedgerRecord.Outcome;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.spi.Hook;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Deploys of releases that are cancelled. */
class ReleaseCancelTest extends ReleaseFixture {
  private String cancelling = "";

  @Override
  int run(Hook hook) throws IOException, InterruptedException {
    int status = super.run(hook);
    if (cancelling.equals(ran.get(ran.size() - 1))) {
      throw new InterruptedException("as after SIGTERM");
    }
    return status;
  }

  private void cancel(String id, String at) throws Exception {
    cancelling = at;
    assertThatThrownBy(() -> deploy(id)).isInstanceOf(InterruptedException.class);
    cancelling = "";
  }

  @Test
  void beforeTheSwitchNothingHasHappened() throws Exception {
    deploy("1");

    cancel("2", "stop of 2");

    assertThat(states()).containsExactly("1 good *");
    assertLive("1");
  }

  @Test
  void duringHealthTheReleaseStaysLiveAndIsNotGood() throws Exception {
    deploy("1");

    cancel("2", "ask of 2");

    assertThat(states()).containsExactly("1 good", "2 live *");
    assertLive("2");
    assertThat(ran).containsOnlyOnce("start of 1").doesNotContain("weep of 2");
    assertThat(messages())
        .contains("release 2 stays live, and its commands have not passed; deploy again");
    assertThat(events).last().isInstanceOf(DeployEvent.Cancelled.class);
    assertThat(outcomes()).containsExactly(Outcome.SUCCEEDED, Outcome.CANCELLED);
  }

  @Test
  void theNextDeployOfItGoesOn() throws Exception {
    deploy("1");
    cancel("2", "start of 2");
    forget();

    deploy("2");

    assertThat(memory.opened()).containsExactly("/app.yml");
    assertThat(states()).containsExactly("1 good", "2 good *");
  }

  @Test
  void onTheWayBackTheGoodOneStaysGood() throws Exception {
    deploy("1");
    failing.add("start of 2");

    cancel("2", "ask of 1");

    assertThat(states()).containsExactly("1 good *", "2 bad");
    assertLive("1");
  }
}
