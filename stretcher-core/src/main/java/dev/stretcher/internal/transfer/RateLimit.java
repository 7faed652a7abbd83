package dev.stretcher.internal.transfer;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Slows transfers down to a number of bytes per second in all. Thread-safe. */
public final class RateLimit {
  // Sleeps last longer than asked for. What was lost may be made up for at once, but no more.
  private static final long CREDIT_NANOS = Duration.ofMillis(20).toNanos();

  /** Sleeps; a test has its own. */
  @FunctionalInterface
  public interface Sleeper {
    /** Sleeps so long. */
    void sleep(Duration duration) throws InterruptedException;
  }

  /** Lets time pass as it does. */
  public static final Sleeper SLEEPER = time -> TimeUnit.NANOSECONDS.sleep(time.toNanos());

  private final OptionalLong bytesPerSecond;
  private final LongSupplier nanoTime;
  private final Sleeper sleeper;
  private long nextAt;

  /** Creates a limit; empty is none. */
  public RateLimit(OptionalLong bytesPerSecond) {
    this(bytesPerSecond, System::nanoTime, SLEEPER);
  }

  /**
   * Creates a limit by a clock; empty is none.
   *
   * @param nanoTime a clock, such as {@link System#nanoTime}
   * @param sleeper lets that clock's time pass
   */
  public RateLimit(OptionalLong bytesPerSecond, LongSupplier nanoTime, Sleeper sleeper) {
    this.bytesPerSecond = bytesPerSecond;
    this.nanoTime = nanoTime;
    this.sleeper = sleeper;
    this.nextAt = nanoTime.getAsLong();
  }

  /** Returns how many bytes to read at once, so that the rate is even: at most 5 ms' worth. */
  public int chunk(int most) {
    if (bytesPerSecond.isEmpty()) {
      return most;
    }
    return (int) Math.min(most, Math.max(1, bytesPerSecond.getAsLong() / 200));
  }

  /** Waits until {@code bytes} more may have passed. */
  public void passed(int bytes) throws InterruptedException {
    if (bytesPerSecond.isPresent()) {
      long wait = reserve((long) (bytes * 1e9 / bytesPerSecond.getAsLong()));
      if (wait > 0) {
        sleeper.sleep(Duration.ofNanos(wait));
      }
    }
  }

  private synchronized long reserve(long nanos) {
    long now = nanoTime.getAsLong();
    nextAt = Math.max(nextAt, now - CREDIT_NANOS) + nanos;
    return nextAt - now;
  }
}
