package dev.stretcher.internal.fetch;

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

  /** Returns how long to wait before the retry number {@code attempt}, from 1. */
  Duration before(int attempt) {
    long growth = Math.min(MAX_GROWTH, 1L << Math.min(attempt - 1, 10));
    long bound = firstWait.multipliedBy(growth).toMillis();
    return Duration.ofMillis(bound == 0 ? 0 : random.nextLong(bound + 1));
  }
}
