package dev.stretcher;

import dev.stretcher.internal.engine.SteadyClock;
import dev.stretcher.ledger.BootTime;
import dev.stretcher.process.Interrupts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** The clock on the wall, and that of the kernel, which only tests move. Not thread-safe. */
final class TestClocks extends Clock implements SteadyClock {
  private Instant wall = Instant.parse("2026-01-31T15:00:00Z");
  private Duration uptime = Duration.ofDays(1);
  private long nanos;
  private Optional<String> boot = Optional.of("a".repeat(32));

  /** Lets time pass. */
  void pass(Duration time) {
    wall = wall.plus(time);
    uptime = uptime.plus(time);
    nanos += time.toNanos();
  }

  /** Lets less time pass than the clock of the kernel can tell. */
  void passInTheSameTick() {
    wall = wall.plusNanos(1000);
    nanos += 1000;
  }

  /** Sets the clock on the wall, forward or back. */
  void set(Duration difference) {
    wall = wall.plus(difference);
  }

  /** Starts the host again. */
  void reboot(String id, Duration up) {
    boot = Optional.of(id.repeat(32));
    uptime = up;
    nanos = up.toNanos();
  }

  /** Takes the clock of the kernel away. */
  void hideUptime() {
    boot = Optional.empty();
  }

  @Override
  public Instant instant() {
    return wall;
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public void sleep(Duration time) throws InterruptedException {
    Interrupts.requireNone();
    pass(time);
  }

  @Override
  public Optional<BootTime> sinceBoot() {
    return boot.map(id -> new BootTime(id, uptime, nanos));
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
