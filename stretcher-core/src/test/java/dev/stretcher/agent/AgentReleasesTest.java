package dev.stretcher.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.ReleasesInMemory;
import dev.stretcher.Stretcher;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.report.DeployListener;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Apps of which releases are kept, so that a host can go back. */
class AgentReleasesTest extends AgentFixture {
  private final ReleasesInMemory releases = new ReleasesInMemory(Clock.systemUTC());

  @Override
  String content() {
    return "hello";
  }

  @Override
  Options options() {
    return super.options().with(Settings.SYNC_STRATEGY, "releases");
  }

  @Override
  Stretcher stretcher(AppName app, DeployListener listener) {
    return Stretcher.builder()
        .source(files)
        .syncer(releases)
        .hookRunner(hooks)
        .ledger(Ledger.in(state))
        .options(options())
        .listener(listener)
        .temporaryDirectory(directory)
        .build();
  }

  @Override
  URI publish(String version, Path place, String more) throws IOException {
    return super.publish(version, place, "release: {id: " + version + "}\n" + more);
  }

  @Override
  String deployed() throws IOException {
    return Files.readString(dest.resolve("current").resolve(content()));
  }

  private void live(long generation, String version) throws Exception {
    desire(generation, version, "commands: {post: [start]}");
    await(HostState.LIVE, generation);
  }

  private void linkTo(String release) throws IOException {
    Path link = dest.resolve("current");
    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("releases", release));
  }

  private void rollBackByHand() throws Exception {
    try (Stretcher stretcher = stretcher(SHOP, event -> {})) {
      stretcher.rollback(dest);
    }
  }

  @Test
  void whatIsLiveIsWhereTheLinkLeadsTo() throws Exception {
    start();
    live(1, "v1");
    live(2, "v2");
    end();
    linkTo("v1");
    Gate gate =
        new Gate(
            store,
            state,
            stretcher(SHOP, event -> {})::releases,
            dev.stretcher.policy.Policy.OPEN,
            Clock.systemUTC());
    assertThat(gate.ask(SHOP, java.time.Duration.ofDays(1)).live()).contains("v1");

    start();
    assertThat(await(HostState.LIVE, 2).live()).contains("v2");
    assertThat(deployed()).isEqualTo("v2");
  }

  @Test
  void nothingIsDoneAtTheStartIfTheLinkLeadsToWhatIsDesired() throws Exception {
    start();
    live(1, "v1");
    live(2, "v2");
    end();
    forget();
    start();

    assertThat(await(HostState.LIVE, 2).live()).contains("v2");
    assertThat(ran).isEmpty();
  }

  @Test
  void goesBackIfWhatIsDesiredIsNotHealthyAndStaysThere() throws Exception {
    start();
    live(1, "v1");
    desire(
        2,
        "v2",
        "commands: {post: [start]}\nhealth: {commands: [bad], within: 10ms}\non_failure: rollback");

    HostStatus status = await(HostState.ROLLED_BACK, 2);
    assertThat(status.live()).contains("v1");
    assertThat(status.id()).contains("v2");
    assertThat(status.stage()).contains("health");
    assertThat(stored(HostState.ROLLED_BACK).live()).contains("v1");
    assertThat(deployed()).isEqualTo("v1");
    forget();
    pauses.pass();
    pauses.pass();
    live(3, "v3");
    assertThat(statuses).noneMatch(each -> each.generation() == 2);
  }

  @Test
  void somebodyWhoRollsBackByHandIsNotFought() throws Exception {
    start();
    live(1, "v1");
    live(2, "v2");
    forget();
    rollBackByHand();
    pauses.pass();

    HostStatus status = await(HostState.SUPERSEDED, 2);
    assertThat(status.live()).contains("v1");
    assertThat(status.error().orElseThrow())
        .contains("another deploy to " + dest, "brings v2 back");
    assertThat(stored(HostState.SUPERSEDED).live()).contains("v1");
    for (int i = 0; i < 5; i++) {
      pauses.pass();
    }
    assertThat(deployed()).isEqualTo("v1");
    assertThat(states()).containsExactly(HostState.SUPERSEDED);
    // The way back lasts when it is desired.
    live(3, "v1");
    assertThat(deployed()).isEqualTo("v1");
    assertThat(ran).isEqualTo(List.of("start"));
  }

  @Test
  void aRetryBringsBackWhatWasRolledBackByHand() throws Exception {
    HostAgent agent = start();
    live(1, "v1");
    live(2, "v2");
    rollBackByHand();
    pauses.pass();
    await(HostState.SUPERSEDED, 2);
    forget();
    agent.retry();

    assertThat(await(HostState.LIVE, 2).live()).contains("v2");
    assertThat(deployed()).isEqualTo("v2");
  }
}
