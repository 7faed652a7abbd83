package dev.stretcher.fleet;

import dev.stretcher.contract.StoreInMemory;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** A fleet over a store in memory, and hosts that say what a test wants. */
final class FleetFixture {
  static final AppName SHOP = new AppName("shop");
  static final Instant NOW = Instant.parse("2026-01-31T15:00:00.123Z");
  static final URI ONE = manifest('1');
  static final URI TWO = manifest('2');

  final StoreInMemory store = new StoreInMemory();
  final Fleet fleet = Fleet.over(store, Clock.fixed(NOW, ZoneOffset.UTC));

  static URI manifest(char digit) {
    return URI.create(
        "https://example.com/app-%s.yml#sha256=".formatted(digit)
            + Character.toString(digit).repeat(64));
  }

  /** Lets a host report. */
  void says(String node, HostState state, long generation, String live) throws Exception {
    store.put(FleetKeys.host(node, SHOP), status(node, state, generation, live).json());
  }

  static HostStatus status(String node, HostState state, long generation, String live) {
    return new HostStatus(
        node,
        SHOP,
        generation,
        Optional.of("any"),
        state,
        Optional.of(live).filter(id -> !id.isEmpty()),
        NOW,
        Optional.empty(),
        Optional.empty(),
        1.5,
        1000,
        "0.1.0");
  }
}
