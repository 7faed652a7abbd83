package dev.stretcher.cli.dashboard;

import dev.stretcher.contract.StoreInMemory;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.Counted;
import dev.stretcher.fleet.Fleet;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.fleet.RolloutRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** A fleet in a store in memory, and its dashboard at a free port. */
final class ShownFleet implements AutoCloseable {
  static final AppName SHOP = new AppName("shop");
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final Instant SINCE = Instant.parse("2026-01-31T15:00:00Z");

  final StoreInMemory store = new StoreInMemory();
  final BoardWatch watch;
  final DashboardPort port;

  ShownFleet() throws IOException {
    StoreInMemory own = store.another();
    watch = new BoardWatch(own, new Counted.Reporting(), InstantSource.fixed(SINCE));
    port =
        DashboardPort.open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            own,
            watch,
            InstantSource.fixed(SINCE.plusSeconds(60)));
  }

  /** Begins to watch, and waits until the store has answered. */
  ShownFleet started() throws Exception {
    watch.start();
    for (BoardWatch.Numbered now = watch.after(-1, WAIT); !now.board().ready(); ) {
      now = watch.after(now.version(), WAIT);
    }
    return this;
  }

  void desire(AppName app, String id) throws Exception {
    URI manifest =
        URI.create("https://ci:secret@example.com/" + id + ".yml#sha256=" + "ab".repeat(32));
    Fleet.over(store).rollout(new RolloutRequest(app, manifest, id, "ci@build"));
  }

  void says(String node, HostState state, String live) throws Exception {
    says(node, state, live, Optional.empty());
  }

  void says(String node, HostState state, String live, Optional<String> error) throws Exception {
    HostStatus status =
        new HostStatus(
            node,
            SHOP,
            1,
            Optional.of("v1"),
            state,
            Optional.of(live),
            SINCE,
            error.map(text -> "post"),
            error,
            1.25,
            104_857,
            "0.1.0");
    store.put(FleetKeys.host(node, SHOP), status.json());
  }

  void logs(String node, String log) throws Exception {
    store.put(FleetKeys.log(node, SHOP), log);
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + port.address().getPort() + path);
  }

  @Override
  public void close() {
    port.close();
    watch.close();
  }
}
