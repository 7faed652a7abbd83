package dev.stretcher.sources.internal.consul;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.fleet.MaxParallel;
import dev.stretcher.fleet.RolloutRules;
import dev.stretcher.internal.rollout.Slot;
import dev.stretcher.internal.rollout.Step;
import dev.stretcher.internal.rollout.Turn;
import dev.stretcher.process.Background;
import dev.stretcher.store.Change;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.testing.consul.ConsulDouble;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Turns of hosts over Consul: sessions hold the slots, and the catalog knows who is alive. */
@Timeout(30)
class RolloutOverConsulTest {
  private static final AppName SHOP = new AppName("shop");
  private static final int HOSTS = 8;
  private static final int LIMIT = 2;
  private static final DesiredState DESIRED =
      new DesiredState(
          SHOP,
          2,
          "v2",
          URI.create("https://example.com/v2.yml#sha256=" + "ab".repeat(32)),
          Optional.of("v1"),
          "me",
          Instant.EPOCH,
          new RolloutRules(
              1,
              Optional.of(new MaxParallel(LIMIT, false)),
              Optional.of(0),
              RolloutRules.OnFailure.HALT,
              false),
          Optional.empty());

  private final AtomicInteger switching = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private ConsulDouble consul;
  private KeyValueStore store;

  @BeforeEach
  void start() throws Exception {
    consul = ConsulDouble.start();
    store = open();
    for (int i = 0; i < HOSTS; i++) {
      consul.node("web" + i, "passing");
      says("web" + i, HostState.LIVE, 1, "v1");
    }
  }

  @AfterEach
  void stop() throws Exception {
    store.close();
    consul.close();
  }

  private KeyValueStore open() {
    return new ConsulStoreProvider().open(consul.address(), Map.of());
  }

  private void says(String node, HostState state, long generation, String live) throws Exception {
    HostStatus status =
        new HostStatus(
            node,
            SHOP,
            generation,
            Optional.of("v" + generation),
            state,
            Optional.of(live),
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty(),
            0,
            0,
            "");
    store.write(List.of(Change.put(FleetKeys.host(node, SHOP), status.json())));
  }

  /** Waits as an agent does. */
  private Optional<Slot> turn(String node, long seed) throws Exception {
    try (KeyValueStore own = open()) {
      Turn turn = new Turn(own, DESIRED, node, true, new SplittableRandom(seed));
      while (true) {
        Step step = turn.next();
        if (step instanceof Step.Go go) {
          most.accumulateAndGet(switching.incrementAndGet(), Math::max);
          says(node, HostState.LIVE, 2, "v2");
          TimeUnit.MILLISECONDS.sleep(20);
          switching.decrementAndGet();
          go.slot().orElseThrow().release();
          return go.slot();
        }
        Step.Wait wait = (Step.Wait) step;
        if (wait.prefix().isPresent()) {
          own.watch(wait.prefix().get(), wait.version(), wait.most());
        } else {
          TimeUnit.NANOSECONDS.sleep(wait.most().toNanos());
        }
      }
    }
  }

  private void rollOut(int hosts) throws Exception {
    List<Background<Optional<Slot>, Exception>> all = new ArrayList<>();
    for (int i = 0; i < hosts; i++) {
      int number = i;
      all.add(Background.start("host", () -> turn("web" + number, number)));
    }
    for (Background<Optional<Slot>, Exception> each : all) {
      each.await();
    }
  }

  @Test
  void neverMoreThanTheLimitSwitchAtOnceAndNoSessionStays() throws Exception {
    rollOut(HOSTS);

    assertThat(most.get()).isBetween(1, LIMIT);
    assertThat(consul.sessions()).isZero();
    assertThat(store.list("stretcher/slots/shop/").entries())
        .singleElement()
        .satisfies(
            lock -> {
              assertThat(lock.key()).isEqualTo("stretcher/slots/shop/.lock");
              assertThat(lock.value()).isEqualTo("{\"Limit\":2,\"Holders\":{}}");
              assertThat(Long.toUnsignedString(lock.flags())).isEqualTo("16210313421097356768");
            });
  }

  @Test
  void theSlotsOfHostsThatDiedAreFreeWhenTheirSessionsEnd() throws Exception {
    for (int i = 0; i < HOSTS; i++) {
      says("web" + i, HostState.LIVE, 2, "v2");
    }
    for (String dead : List.of("web7", "web6")) {
      Turn turn = new Turn(store, DESIRED, dead, true, new SplittableRandom(1));
      assertThat(turn.next()).isInstanceOf(Step.Go.class);
      consul.node(dead, "critical");
    }
    for (int i = 0; i < HOSTS - LIMIT; i++) {
      says("web" + i, HostState.LIVE, 1, "v1");
    }
    Background<Object, Exception> rest =
        Background.start(
            "rest",
            () -> {
              rollOut(HOSTS - LIMIT);
              return this;
            });
    consul.awaitWaiting(HOSTS - LIMIT);
    assertThat(consul.sessions()).isEqualTo(LIMIT);
    consul.advance(Duration.ofMinutes(1));
    rest.await();

    assertThat(most.get()).isBetween(1, LIMIT);
  }
}
