package dev.stretcher.internal.engine;

import dev.stretcher.ledger.BootTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Tells times by clocks that nobody sets. Thread-safe. */
public interface SteadyClock {
  /** Returns the time since the start of the kernel; empty where the system does not tell it. */
  Optional<BootTime> sinceBoot();

  /** Returns the same as {@link System#nanoTime}. */
  long nanoTime();

  /** Waits; not at all if it is zero or less. */
  default void sleep(Duration time) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
  }
}
