package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.TreeState;
import dev.stretcher.spi.SyncPlan;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a dry run says of a deploy by releases. */
class ReleasePlanTest extends ReleaseFixture {
  private SyncPlan plan() throws Exception {
    forget();
    Map<String, String> before = TreeState.of(directory);
    SyncPlan plan;
    try (Stretcher stretcher = stretcher().build()) {
      plan = stretcher.plan(MANIFEST).sync().orElseThrow();
    }
    assertThat(TreeState.of(directory)).isEqualTo(before);
    assertThat(ran).isEmpty();
    assertThat(releases.calls()).isEmpty();
    return plan;
  }

  @Test
  void aNewReleaseWouldBeMadeAndSwitchedTo() throws Exception {
    deploy("1");
    publish("2", COMMANDS);

    SyncPlan plan = plan();

    assertThat(plan.lines())
        .containsExactly(
            "would make release 2",
            "would switch %s to release 2, it is 1".formatted(dest().resolve("current")));
    assertThat(plan.summary()).isEqualTo("would make release 2: 0 of 1 files are as in 1");
    assertThat(messages()).contains("would run health command: ask");
  }

  @Test
  void thePreparedOneWouldOnlyBeSwitchedTo() throws Exception {
    deploy("1");
    publish("2", COMMANDS);
    try (Stretcher stretcher = stretcher().build()) {
      stretcher.prepare(MANIFEST);
    }
    memory.deny("/app.tar");

    SyncPlan plan = plan();

    assertThat(plan.lines())
        .containsExactly(
            "would switch %s to release 2, it is 1".formatted(dest().resolve("current")));
    assertThat(plan.summary())
        .isEqualTo("release 2 has this archive, and nothing would be fetched");
  }

  @Test
  void whatIsLiveWouldStay() throws Exception {
    deploy("1");

    SyncPlan plan = plan();

    assertThat(plan.lines()).isEmpty();
    assertThat(plan.summary()).isEqualTo("release 1 has this archive, and is live");
  }

  @Test
  void aCheckAgainstDestSaysTheSame() throws Exception {
    deploy("1");
    publish("2", COMMANDS);
    forget();

    CheckReport report;
    try (Stretcher stretcher = stretcher().build()) {
      report = stretcher.checkAgainstDest(MANIFEST);
    }

    assertThat(report.problems()).isEmpty();
    assertThat(report.sync().orElseThrow().lines()).first().isEqualTo("would make release 2");
    assertThat(releases.calls()).isEmpty();
  }
}
