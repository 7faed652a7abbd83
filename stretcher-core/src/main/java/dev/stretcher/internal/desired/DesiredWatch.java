package dev.stretcher.internal.desired;

import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.internal.live.Reasons;
import dev.stretcher.internal.pause.Backoff;
import dev.stretcher.internal.pause.Pauses;
import dev.stretcher.process.Interrupts;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.store.Listing;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.random.RandomGenerator;

/** Watches what is desired of all apps of an agent, by one query at a time. */
public final class DesiredWatch {
  /** A connection that died without a word is noticed this late, and by the time-out of a read. */
  private static final Duration LONGEST_QUERY = Duration.ofMinutes(1);

  private static final long APART_NANOS = Duration.ofMillis(100).toNanos();
  private static final long JITTER_NANOS = Duration.ofMillis(20).toNanos();
  private static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private final KeyValueStore store;
  private final String prefix;
  private final Pauses pauses;
  private final RandomGenerator random;
  private final Taker taker;

  /** Takes what the store says. */
  public interface Taker {
    /** Takes what is there below the keys of all apps. */
    void found(Listing listing);

    /** Takes why the store cannot be asked. */
    void lost(String reason);
  }

  /**
   * Creates a watch that has not begun.
   *
   * @param apps whose keys are watched, by their common prefix
   */
  public DesiredWatch(
      KeyValueStore store,
      Collection<AppName> apps,
      Pauses pauses,
      RandomGenerator random,
      Taker taker) {
    this.store = store;
    this.prefix = prefix(apps);
    this.pauses = pauses;
    this.random = random;
    this.taker = taker;
  }

  /** Returns the longest beginning that the keys of all apps have. */
  static String prefix(Collection<AppName> apps) {
    String common = null;
    for (AppName app : apps) {
      String key = FleetKeys.desired(app);
      common = common == null ? key : common(common, key);
    }
    return common == null ? FleetKeys.DESIRED : common;
  }

  private static String common(String one, String other) {
    int length = 0;
    while (length < Math.min(one.length(), other.length())
        && one.charAt(length) == other.charAt(length)) {
      length++;
    }
    return one.substring(0, length);
  }

  /**
   * Watches until this thread is interrupted.
   *
   * @throws InterruptedException when it was
   */
  public void run() throws InterruptedException {
    Backoff backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, random);
    long version = 0;
    while (true) {
      long start = System.nanoTime();
      try {
        Listing listing = store.watch(prefix, version, LONGEST_QUERY);
        version = listing.version();
        taker.found(listing);
        backoff.reset();
        keepApart(start);
      } catch (IOException e) {
        Interrupts.rethrow(e);
        // The store may be another one when it comes back, with lower versions.
        version = 0;
        taker.lost(Reasons.of(e));
        pauses.sleep(backoff.next(e));
      } catch (RuntimeException e) {
        version = 0;
        taker.lost("an unexpected failure: " + e);
        pauses.sleep(backoff.next());
      }
    }
  }

  /** Only after an answer was taken, so that no answer is late for it. */
  private void keepApart(long start) throws InterruptedException {
    long left = APART_NANOS + random.nextLong(JITTER_NANOS) - (System.nanoTime() - start);
    if (left > 0) {
      pauses.sleep(Duration.ofNanos(left));
    }
  }
}
