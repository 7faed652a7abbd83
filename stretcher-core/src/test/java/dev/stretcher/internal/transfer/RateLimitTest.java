package dev.stretcher.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private final AtomicLong now = new AtomicLong(1_000);

  @Test
  void holdsTheRateOverAnyTwoSeconds() throws InterruptedException {
    RateLimit limit = limit(1_000_000);
    long start = now.get();
    for (int bytes = 0; bytes < 4_000_000; ) {
      int chunk = limit.chunk(1 << 17);
      now.addAndGet(1_000);
      limit.passed(chunk);
      bytes += chunk;
    }

    assertThat(Duration.ofNanos(now.get() - start).toMillis()).isBetween(3_800L, 4_200L);
  }

  @Test
  void holdsTheRateOverAnyTwoSecondsForAllConnectionsTogether() throws InterruptedException {
    long rate = 20_000_000;
    long window = Duration.ofSeconds(2).toNanos();
    AtomicLong slept = new AtomicLong();
    RateLimit limit = new RateLimit(OptionalLong.of(rate), now::get, d -> slept.set(d.toNanos()));
    // When each of four connections reads next.
    PriorityQueue<Long> connections = new PriorityQueue<>(List.of(1_000L, 1_000L, 1_000L, 1_000L));
    NavigableMap<Long, Long> readUntil = new TreeMap<>(Map.of(0L, 0L));
    long bytes = 0;
    while (now.get() < 3 * window) {
      now.set(connections.remove());
      int chunk = limit.chunk(1 << 17);
      bytes += chunk;
      readUntil.put(now.get(), bytes);
      slept.set(0);
      limit.passed(chunk);
      // A read takes its time, and so does waking up.
      connections.add(now.get() + slept.get() + 200_000);
    }

    for (long start = 0; start < now.get() - window; start += window / 100) {
      long read =
          readUntil.floorEntry(start + window).getValue() - readUntil.floorEntry(start).getValue();
      assertThat(read).isBetween(2 * rate * 95 / 100, 2 * rate * 105 / 100);
    }
  }

  @Test
  void sleepsThatLastTooLongAreMadeUpFor() throws InterruptedException {
    RateLimit limit =
        new RateLimit(
            OptionalLong.of(1_000_000), now::get, d -> now.addAndGet(d.toNanos() + 1_000_000));
    long start = now.get();
    for (int bytes = 0; bytes < 2_000_000; ) {
      int chunk = limit.chunk(1 << 17);
      limit.passed(chunk);
      bytes += chunk;
    }

    assertThat(Duration.ofNanos(now.get() - start).toMillis()).isBetween(1_900L, 2_100L);
  }

  @Test
  void timeThatPassedUnusedIsNotMadeUpFor() throws InterruptedException {
    RateLimit limit = limit(1_000);
    now.addAndGet(Duration.ofHours(1).toNanos());
    long start = now.get();

    limit.passed(1_000);
    limit.passed(1_000);

    assertThat(Duration.ofNanos(now.get() - start))
        .isBetween(Duration.ofMillis(1_950), Duration.ofSeconds(2));
  }

  @Test
  void noLimitNeverSleeps() throws InterruptedException {
    RateLimit limit = new RateLimit(OptionalLong.empty(), now::get, d -> now.addAndGet(1));
    limit.passed(Integer.MAX_VALUE);

    assertThat(now.get()).isEqualTo(1_000);
    assertThat(limit.chunk(77)).isEqualTo(77);
  }

  private RateLimit limit(long bytesPerSecond) {
    return new RateLimit(
        OptionalLong.of(bytesPerSecond), now::get, d -> now.addAndGet(d.toNanos()));
  }
}
