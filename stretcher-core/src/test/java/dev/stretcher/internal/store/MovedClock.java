package dev.stretcher.internal.store;

import dev.stretcher.internal.engine.KernelClock;
import dev.stretcher.internal.engine.SteadyClock;
import dev.stretcher.ledger.BootTime;
import java.time.Duration;
import java.util.Optional;

/** The clock of this host, which a test can move forward. */
final class MovedClock implements SteadyClock {
  private volatile Duration moved = Duration.ZERO;

  private volatile boolean rebooted;

  /** Lets this be the clock of a later start of the kernel. */
  void reboot() {
    rebooted = true;
  }

  void move(Duration forward) {
    moved = moved.plus(forward);
  }

  @Override
  public Optional<BootTime> sinceBoot() {
    return KernelClock.ofThisHost()
        .sinceBoot()
        .map(
            time ->
                new BootTime(
                    rebooted ? "b".repeat(32) : time.bootId(),
                    time.uptime().plus(moved),
                    time.nanos()));
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }
}
