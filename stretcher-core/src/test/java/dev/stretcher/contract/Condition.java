package dev.stretcher.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Something that another process or thread brings about. */
@FunctionalInterface
public interface Condition {
  /** Tells whether it has come about. */
  boolean holds() throws Exception;

  /**
   * Waits until it holds, for two minutes at most, and leaves the processor to others meanwhile.
   */
  static void await(Condition condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.holds()) {
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as("the time until the condition holds")
          .isLessThan(Duration.ofMinutes(2));
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }
}
