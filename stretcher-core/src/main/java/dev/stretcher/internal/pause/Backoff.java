package dev.stretcher.internal.pause;

import dev.stretcher.spi.RetryLaterException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits that double, up to a bound, and differ from host to host: between three quarters of the
 * time and all of it. Not thread-safe.
 */
public final class Backoff {
  private static final int MOST_DOUBLINGS = 30;

  private final Duration first;
  private final Duration most;
  private final RandomGenerator random;
  private int doublings;

  /** Creates waits that begin with the first one, and grow up to the most. */
  public Backoff(Duration first, Duration most, RandomGenerator random) {
    this.first = first;
    this.most = most;
    this.random = random;
  }

  /** Returns the next wait, and lets the one after it be longer. */
  public Duration next() {
    Duration grown = first.multipliedBy(1L << doublings);
    Duration whole = grown.compareTo(most) < 0 ? grown : most;
    doublings = Math.min(doublings + 1, MOST_DOUBLINGS);
    long quarter = whole.toNanos() / 4;
    return whole.minusNanos(random.nextLong(quarter + 1));
  }

  /** Returns the next wait after a failure, longer if the server has asked for that. */
  public Duration next(Exception failure) {
    Duration own = next();
    if (failure instanceof RetryLaterException later && later.getWait().compareTo(own) > 0) {
      return later.getWait().compareTo(most) < 0 ? later.getWait() : most;
    }
    return own;
  }

  /** Begins with the first wait again. */
  public void reset() {
    doublings = 0;
  }
}
