package dev.stretcher.cli.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.cli.log.HostProgress;
import dev.stretcher.contract.StoreInMemory;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.Counted;
import dev.stretcher.fleet.Fleet;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.FleetStatus;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.fleet.RolloutRequest;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code wait} says of hosts that are on the way. */
@Timeout(60)
class WaitWordsTest {
  private static final AppName SHOP = new AppName("shop");
  private static final String CANARY = "the canary web-1 is to be live first";

  private final StoreInMemory store = new StoreInMemory();
  private final Fleet fleet = Fleet.over(store);

  @BeforeEach
  void desire() throws Exception {
    URI manifest = URI.create("https://example.com/v1.yml#sha256=" + "ab".repeat(32));
    fleet.rollout(new RolloutRequest(SHOP, manifest, "v1", "ci"));
  }

  private void says(String node, HostState state, String stage, String reason) throws Exception {
    HostStatus status =
        new HostStatus(
            node,
            SHOP,
            1,
            Optional.of("v1"),
            state,
            Optional.of(state == HostState.LIVE ? "v1" : "v0"),
            Instant.EPOCH,
            Optional.of(stage).filter(text -> !text.isEmpty()),
            Optional.of(reason).filter(text -> !text.isEmpty()),
            0,
            0,
            "");
    store.put(FleetKeys.host(node, SHOP), status.json());
  }

  private FleetStatus status() throws Exception {
    return fleet.status(SHOP, new Counted.Reporting());
  }

  /** Returns the line that is repeated on what is no terminal. */
  private String line() throws Exception {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    PrintStream err =
        new PrintStream(OutputStream.nullOutputStream(), true, UTF_8) {
          @Override
          public void println(String line) {
            lines.add(line);
          }
        };
    try (HostProgress progress = new HostProgress(err, false, 1)) {
      new WaitListener(SHOP, progress).onStatus(status());
      return lines.take();
    }
  }

  @Test
  void theLineHasWhatMostHostsWaitFor() throws Exception {
    says("web-1", HostState.DEPLOYING, "post", "");
    says("web-2", HostState.WAITING, "", CANARY);
    says("web-3", HostState.PREPARED, "", CANARY);
    says("web-4", HostState.WAITING, "", "it is the turn of others");
    // These wait for no other host.
    for (int i = 5; i < 9; i++) {
      says("web-" + i, HostState.WAITING, "fetch", "no connection to h:80");
    }
    assertThat(line())
        .isEqualTo("Waiting for shop: 0 of 8 hosts have it, 8 on the way (" + CANARY + ")");
  }

  @Test
  void whoIsHeldSaysWhy() throws Exception {
    says("web-1", HostState.FAILED, "health", "it does not answer");
    says("web-2", HostState.HELD, "health", "the canary web-1 failed\u001b[31m");
    assertThat(line())
        .isEqualTo(
            "Waiting for shop: 0 of 2 hosts have it, 1 failed, 1 held"
                + " (the canary web-1 failed\\x1b[31m)");
  }

  @Test
  void whenNobodyWaitsThereIsNoReason() throws Exception {
    says("web-1", HostState.LIVE, "", "");
    says("web-2", HostState.DEPLOYING, "post", "");
    assertThat(line()).isEqualTo("Waiting for shop: 1 of 2 hosts have it, 1 on the way");
  }

  @Test
  void hostsThatDiedOnTheWayAreNamedThoughTheyDoNotCount() throws Exception {
    says("web-1", HostState.LIVE, "", "");
    says("web-2", HostState.DEPLOYING, "post", "");
    says("web-3", HostState.LIVE, "", "");
    assertThat(DeadHosts.of(fleet, status())).isEmpty();
    store.members("web-1", Set.of("web-1"));
    assertThat(status().hosts()).hasSize(1);
    assertThat(DeadHosts.of(fleet, status()))
        .containsExactly(
            "Warning: web-2 is not alive and does not count;"
                + " the last that it said of v1 is: deploying");

    // A host that died before has nothing to do with what is desired now.
    URI manifest = URI.create("https://example.com/v2.yml#sha256=" + "cd".repeat(32));
    fleet.rollout(new RolloutRequest(SHOP, manifest, "v2", "ci"));
    assertThat(DeadHosts.of(fleet, status())).isEmpty();
  }
}
