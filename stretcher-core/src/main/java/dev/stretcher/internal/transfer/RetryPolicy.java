package dev.stretcher.internal.transfer;

import dev.stretcher.spi.RetryLaterException;
import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often, and after which waits, a transfer is tried again: full jitter below a bound that
 * doubles, up to ten times the first.
 *
 * @param retries how often it is tried again
 * @param firstWait the bound of the first wait
 * @param random where the jitter comes from
 */
public record RetryPolicy(int retries, Duration firstWait, RandomGenerator random) {
  private static final int MAX_GROWTH = 10;
  private static final Duration LONGEST_WISH = Duration.ofMinutes(5);

  /**
   * Returns how long to wait before the retry number {@code attempt}, from 1: at least what the
   * server asked for, up to five minutes.
   */
  public Duration after(IOException failure, int attempt) {
    Duration wait = before(attempt);
    if (failure instanceof RetryLaterException later && later.getWait().compareTo(wait) > 0) {
      return later.getWait().compareTo(LONGEST_WISH) < 0 ? later.getWait() : LONGEST_WISH;
    }
    return wait;
  }

  /** Returns how long to wait without such a wish. */
  Duration before(int attempt) {
    long growth = Math.min(MAX_GROWTH, 1L << Math.min(attempt - 1, 10));
    long bound = firstWait.multipliedBy(growth).toMillis();
    return Duration.ofMillis(bound == 0 ? 0 : random.nextLong(bound + 1));
  }
}
