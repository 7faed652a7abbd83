package dev.stretcher.sources.internal.consul;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Keeps queries apart that would follow each other at once, as Consul's documentation asks: what
 * changes all the time would else be asked for all the time. Thread-safe.
 */
final class ConsulPace {
  private static final Duration LEAST = Duration.ofMillis(100);
  private static final int JITTER_MILLIS = 50;

  private final Map<String, Long> answered = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;
  private final RandomGenerator random;

  ConsulPace(LongSupplier nanoTime, RandomGenerator random) {
    this.nanoTime = nanoTime;
    this.random = random;
  }

  /** Waits until what was {@link #answered} may be asked again. */
  void await(String query) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(pause(query).toNanos());
  }

  /** Returns how long to wait with a query. */
  Duration pause(String query) {
    Long last = answered.get(query);
    if (last == null) {
      return Duration.ZERO;
    }
    Duration since = Duration.ofNanos(nanoTime.getAsLong() - last);
    Duration pause = LEAST.plusMillis(random.nextInt(JITTER_MILLIS)).minus(since);
    return pause.isNegative() ? Duration.ZERO : pause;
  }

  /** Notes that a query was answered just now. */
  void answered(String query) {
    answered.put(query, nanoTime.getAsLong());
  }
}
