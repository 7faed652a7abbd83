package dev.stretcher.internal.pause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.spi.RetryLaterException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration FIRST = Duration.ofMillis(250);
  private static final Duration MOST = Duration.ofMinutes(1);

  private final Backoff backoff = new Backoff(FIRST, MOST, new Random(1));

  @Test
  void waitsDoubleUpToABound() {
    for (long millis : new long[] {250, 500, 1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000}) {
      assertThat(backoff.next())
          .isBetween(Duration.ofMillis(millis * 3 / 4), Duration.ofMillis(millis));
    }
  }

  @Test
  void aThousandWaitsAreNoMoreThanTheBound() {
    for (int i = 0; i < 1000; i++) {
      assertThat(backoff.next()).isPositive().isLessThanOrEqualTo(MOST);
    }
  }

  @Test
  void beginsAgain() {
    for (int i = 0; i < 5; i++) {
      backoff.next();
    }
    backoff.reset();

    assertThat(backoff.next()).isLessThanOrEqualTo(FIRST);
  }

  @Test
  void hostsDoNotAskAllAtOnce() {
    Set<Duration> waits = new HashSet<>();
    for (int seed = 0; seed < 100; seed++) {
      waits.add(new Backoff(FIRST, MOST, new Random(seed)).next());
    }

    assertThat(waits).hasSizeGreaterThan(90);
  }

  @Test
  void aServerMayAskForALongerWaitButNotForOneWithoutEnd() {
    assertThat(backoff.next(new RetryLaterException("429", Duration.ofSeconds(7))))
        .isEqualTo(Duration.ofSeconds(7));
    assertThat(backoff.next(new RetryLaterException("429", Duration.ofDays(7)))).isEqualTo(MOST);
    assertThat(backoff.next(new RetryLaterException("429", Duration.ZERO)))
        .isBetween(Duration.ofMillis(750), Duration.ofMillis(1000));
    assertThat(backoff.next(new IOException())).isGreaterThanOrEqualTo(Duration.ofMillis(1500));
  }
}
