package dev.stretcher.internal.rollout;

import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.Fleet;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostReport;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.fleet.MalformedValueException;
import dev.stretcher.store.KeyValue;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.store.Listing;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The way of a host to its turn in a rollout. It only asks, and says what to wait for; who waits
 * asks again after that. Used by one thread.
 *
 * <p>What all hosts have said is large, and changes all the time: it is read at the begin, before
 * and after a slot is taken, and when a wait was long. Meanwhile only the slots are watched, or the
 * key of one canary.
 */
public final class Turn {
  private static final Duration LONG = Duration.ofSeconds(45);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(100);

  /** How long one host lets those before it take their slots. */
  private static final Duration GAP = Duration.ofMillis(25);

  private static final int MOST_GAPS = 80;

  private final KeyValueStore store;
  private final Fleet fleet;
  private final DesiredState desired;
  private final String node;
  private final boolean serves;
  private final RandomGenerator random;
  private final Slots slots;
  private final Order order;
  private Verdict verdict = new Verdict.Waits("", Optional.empty());
  private boolean isRead;
  private boolean isBehindOthers;
  private long version;
  private int holds;

  /**
   * Begins.
   *
   * @param desired what this host is to switch to
   * @param serves whether something is live on it; if nothing is, it waits for no slot
   */
  public Turn(
      KeyValueStore store,
      DesiredState desired,
      String node,
      boolean serves,
      RandomGenerator random) {
    this.store = store;
    this.fleet = Fleet.over(store);
    this.desired = desired;
    this.node = node;
    this.serves = serves;
    this.random = random;
    this.slots = new Slots(store, desired.app(), node);
    this.order = new Order(desired.id());
  }

  /** Forgets what was read, as after a store that was away. */
  public void restart() {
    isRead = false;
    isBehindOthers = false;
    version = 0;
  }

  /**
   * Returns what to do next.
   *
   * @throws IOException if the store cannot be asked
   * @throws InterruptedException if the thread was interrupted; no slot stays taken
   */
  public Step next() throws IOException, InterruptedException {
    boolean wasRead = isRead;
    if (verdict instanceof Verdict.Waits waits && waits.canary().isPresent() && wasRead) {
      return canary(waits, waits.canary().get());
    }
    if (!wasRead) {
      read();
    }
    if (verdict instanceof Verdict.Held held) {
      return held(held);
    }
    if (verdict instanceof Verdict.Waits waits) {
      if (waits.canary().isPresent()) {
        version = 0;
        return canary(waits, waits.canary().get());
      }
      isRead = false;
      return Step.Wait.pause(false, waits.reason(), about(LONGEST));
    }
    Verdict.Free free = (Verdict.Free) verdict;
    if (serves && desired.rules().maxParallel().isPresent()) {
      return slot(free, desired.rules().maxParallel().get().of(free.hosts()), !wasRead);
    }
    return new Step.Go(Optional.empty());
  }

  private void read() throws IOException, InterruptedException {
    Map<String, HostReport> reports = fleet.reports(desired.app());
    verdict = Verdict.of(desired, order, node, serves, reports);
    isRead = true;
  }

  /** Failures may be mended: it looks again, and less often each time. */
  private Step held(Verdict.Held held) {
    isRead = false;
    Duration grown = LONG.multipliedBy(1L << Math.min(holds, 5));
    holds++;
    return Step.Wait.pause(
        true, held.reason(), about(grown.compareTo(LONGEST) < 0 ? grown : LONGEST));
  }

  private Step canary(Verdict.Waits waits, String canary) throws IOException, InterruptedException {
    String key = FleetKeys.host(canary, desired.app());
    Listing listing = store.list(key);
    boolean isNews = listing.version() != version;
    version = listing.version();
    if (!isNews || isSettled(key, listing)) {
      // It is settled, or nothing was heard of it for long: then it may be dead.
      boolean stays = verdict.equals(again());
      if (!stays) {
        return next();
      }
    }
    return new Step.Wait(false, waits.reason(), Optional.of(key), version, about(LONG));
  }

  private Verdict again() throws IOException, InterruptedException {
    read();
    return verdict;
  }

  /** Tells whether a host has come to an end with what is desired. */
  private boolean isSettled(String key, Listing listing) {
    for (KeyValue entry : listing.entries()) {
      if (entry.key().equals(key)) {
        return isSettled(entry.value());
      }
    }
    return true;
  }

  private boolean isSettled(String status) {
    try {
      HostStatus said = HostStatus.parse(status);
      return said.generation() >= desired.rollout()
          && switch (said.state()) {
            case LIVE, FAILED, ROLLED_BACK -> true;
            default -> false;
          };
    } catch (MalformedValueException e) {
      return true;
    }
  }

  private Step slot(Verdict.Free free, int limit, boolean isFresh)
      throws IOException, InterruptedException {
    Slots.View view = slots.look();
    String reason =
        "it is the turn of others: at most %s of %s switch at once"
            .formatted(Integer.toString(limit), Integer.toString(free.hosts()));
    if (view.free(limit) <= 0) {
      // Nothing has changed for long: who counts and who failed may have.
      isRead = version != view.version();
      version = view.version();
      isBehindOthers = false;
      return new Step.Wait(false, reason, Optional.of(slots.prefix()), version, about(LONG));
    }
    if (!isBehindOthers) {
      isBehindOthers = true;
      long before = free.before().stream().filter(each -> !view.nodes().contains(each)).count();
      long gaps = Math.min(MOST_GAPS, before / view.free(limit));
      if (gaps > 0) {
        return Step.Wait.pause(false, reason, about(GAP.multipliedBy(gaps)));
      }
    }
    isBehindOthers = false;
    if (!isFresh) {
      read();
      if (!(verdict instanceof Verdict.Free)) {
        return next();
      }
    }
    Optional<Slot> slot = slots.take(limit);
    return slot.isPresent()
        ? take(slot.get(), reason)
        : Step.Wait.pause(false, reason, about(SHORT));
  }

  /** Who gave the slot back has said before how it ended. */
  private Step take(Slot slot, String reason) throws IOException, InterruptedException {
    boolean goes = false;
    try {
      read();
      goes = verdict instanceof Verdict.Free && slot.renew();
      if (goes) {
        return new Step.Go(Optional.of(slot));
      }
    } finally {
      if (!goes) {
        slot.release();
      }
    }
    if (verdict instanceof Verdict.Free) {
      isRead = false;
      return Step.Wait.pause(false, reason, about(SHORT));
    }
    return next();
  }

  /** Three quarters of a time to all of it, so that hosts do not ask all at once. */
  private Duration about(Duration time) {
    return time.minusNanos(random.nextLong(time.toNanos() / 4 + 1));
  }
}
