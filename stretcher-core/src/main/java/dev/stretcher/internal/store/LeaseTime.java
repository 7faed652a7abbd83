package dev.stretcher.internal.store;

import dev.stretcher.internal.engine.SteadyClock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A moment by a clock that all processes of a machine have, and that nobody sets.
 *
 * @param boot which start of the kernel; empty where the system does not tell
 * @param millis after it
 */
record LeaseTime(String boot, long millis) {
  static LeaseTime now(SteadyClock clock) {
    return clock
        .sinceBoot()
        .map(time -> new LeaseTime(time.bootId(), time.uptime().toMillis()))
        .orElseGet(() -> new LeaseTime("", TimeUnit.NANOSECONDS.toMillis(clock.nanoTime())));
  }

  LeaseTime plus(Duration time) {
    return new LeaseTime(boot, millis + time.toMillis());
  }

  /** Tells whether this moment has come; one before the start of the kernel has. */
  boolean isOver(LeaseTime now) {
    return !boot.equals(now.boot) || now.millis >= millis;
  }
}
