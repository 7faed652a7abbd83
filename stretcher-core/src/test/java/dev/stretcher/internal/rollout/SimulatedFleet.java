package dev.stretcher.internal.rollout;

import dev.stretcher.contract.StoreInMemory;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.store.Listing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A fleet of hosts in one thread, whose time passes as fast as it can: hosts take their turns one
 * after the other, and wait for keys and for times as agents do.
 */
final class SimulatedFleet {
  private static final Duration APART = Duration.ofMillis(100);

  final StoreInMemory store = new StoreInMemory();
  final Map<String, Host> hosts = new TreeMap<>();
  private final Random random;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
  private long number;
  private long now;
  private long seen;

  /** The most hosts that switched at one time. */
  int most;

  /** The time that all switches took, one after the other. */
  long worked;

  int switching;
  Set<String> fail = new HashSet<>();
  Set<String> die = new HashSet<>();

  private record Event(long at, long number, Runnable what) {}

  final class Host {
    final String node;
    DesiredState desired;

    /** What it switches to. */
    private DesiredState to;

    HostState state = HostState.LIVE;
    String live = "v1";
    String reason = "";
    boolean isDead;
    boolean serves = true;
    private Turn turn;
    private Slot slot;
    private boolean isSwitching;
    private Step.Wait waits;
    private long asked;
    private int epoch;

    Host(String node) {
      this.node = node;
    }

    void desire(DesiredState newer) throws Exception {
      desired = newer;
      if (!isSwitching) {
        begin();
      }
    }

    private void begin() throws Exception {
      epoch++;
      waits = null;
      if (live.equals(desired.id())) {
        say(HostState.LIVE);
      } else if (state == HostState.FAILED && desired.rules().began() != 0) {
        say(HostState.FAILED);
      } else {
        turn = new Turn(store, desired, node, serves, new SplittableRandom(random.nextLong()));
        later(Duration.ofMillis(random.nextInt(50)), epoch, this::ask);
      }
    }

    void say(HostState newer) throws Exception {
      say(newer, desired);
    }

    private void say(HostState newer, DesiredState of) throws Exception {
      state = newer;
      HostStatus status =
          new HostStatus(
              node,
              of.app(),
              of.generation(),
              Optional.of(of.id()),
              newer,
              live.isEmpty() ? Optional.empty() : Optional.of(live),
              Instant.EPOCH,
              Optional.empty(),
              Optional.empty(),
              0,
              0,
              "");
      store.put(FleetKeys.host(node, of.app()), status.json());
    }

    private void later(Duration time, int of, Work work) {
      events.add(
          new Event(
              now + time.toNanos(),
              number++,
              () -> {
                if (of == epoch && !isDead) {
                  run(work);
                }
              }));
    }

    private void ask() throws Exception {
      waits = null;
      asked = now;
      Step step = turn.next();
      if (step instanceof Step.Go go) {
        slot = go.slot().orElse(null);
        begun();
        renew();
      } else if (step instanceof Step.Wait wait) {
        reason = wait.reason();
        HostState next = wait.isHeld() ? HostState.HELD : HostState.WAITING;
        if (state != next) {
          say(next);
        }
        if (wait.prefix().isPresent()) {
          waits = wait;
        }
        later(wait.most(), epoch, this::ask);
      }
    }

    private void begun() throws Exception {
      isSwitching = true;
      to = desired;
      switching++;
      most = Math.max(most, switching);
      epoch++;
      say(HostState.DEPLOYING);
      if (die.contains(node)) {
        later(Duration.ofSeconds(1), epoch, this::die);
        return;
      }
      Duration takes = Duration.ofMillis(5_000 + random.nextInt(10_000));
      worked += takes.toNanos();
      later(takes, epoch, this::done);
    }

    private void renew() throws Exception {
      if (slot != null) {
        slot.renew();
        later(slot.renewal(), epoch, this::renew);
      }
    }

    private void die() {
      switching--;
      isDead = true;
    }

    private void done() throws Exception {
      isSwitching = false;
      switching--;
      boolean isBad = fail.contains(node + " " + to.id());
      if (!isBad) {
        live = to.id();
      }
      say(isBad ? HostState.FAILED : HostState.LIVE, to);
      if (slot != null) {
        slot.release();
        slot = null;
      }
      if (!desired.equals(to)) {
        begin();
      }
    }

    /** What is watched has changed. */
    void wake() {
      waits = null;
      epoch++;
      later(Duration.ofNanos(Math.max(0, asked + APART.toNanos() - now)), epoch, this::ask);
    }

    Optional<String> watched() {
      return Optional.ofNullable(waits).filter(wait -> !isDead).flatMap(Step.Wait::prefix);
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void run(Work work) {
    try {
      work.run();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  SimulatedFleet(int size, long seed) {
    random = new Random(seed);
    for (int i = 0; i < size; i++) {
      String node = "web" + i;
      hosts.put(node, new Host(node));
    }
  }

  /** All hosts serve what was desired first. */
  void begin(DesiredState first) throws Exception {
    for (Host host : hosts.values()) {
      host.desired = first;
      host.live = first.id();
      host.say(HostState.LIVE);
    }
  }

  void desire(DesiredState newer) throws Exception {
    for (Host host : hosts.values()) {
      if (!host.isDead) {
        host.desire(newer);
      }
    }
  }

  /** Lets time pass, or until nothing happens any more but waits that nothing ends. */
  void pass(Duration time) {
    long end = now + time.toNanos();
    while (!events.isEmpty() && events.peek().at() <= end) {
      Event event = events.remove();
      passTo(event.at());
      event.what().run();
      wake();
    }
    passTo(end);
  }

  private void passTo(long time) {
    store.passTime(Duration.ofNanos(time - now));
    now = time;
  }

  /** Wakes the hosts that watch what has changed, if anything has. */
  private void wake() {
    if (store.version() == seen) {
      return;
    }
    seen = store.version();
    Map<String, Listing> listings = new HashMap<>();
    List<Host> woken = new ArrayList<>();
    for (Host host : hosts.values()) {
      Optional<String> prefix = host.watched();
      if (prefix.isPresent()) {
        Listing listing =
            listings.computeIfAbsent(
                prefix.get(),
                key -> {
                  try {
                    return store.list(key);
                  } catch (Exception e) {
                    throw new AssertionError(e);
                  }
                });
        if (listing.version() != host.waits.version()) {
          woken.add(host);
        }
      }
    }
    woken.forEach(Host::wake);
  }

  /** Lets time pass until all hosts have an ID, and returns how long that was. */
  Duration untilAllLive(String id, Duration most) {
    long start = now;
    while (now - start < most.toNanos() && !allLive(id)) {
      pass(Duration.ofMillis(500));
    }
    return Duration.ofNanos(now - start);
  }

  boolean allLive(String id) {
    return hosts.values().stream()
        .allMatch(host -> host.isDead || (host.state == HostState.LIVE && host.live.equals(id)));
  }

  List<String> in(HostState state) {
    return hosts.values().stream()
        .filter(host -> host.state == state)
        .map(host -> host.node)
        .toList();
  }

  List<String> having(String id) {
    return hosts.values().stream()
        .filter(host -> host.live.equals(id))
        .map(host -> host.node)
        .toList();
  }
}
