package dev.stretcher.internal.transfer;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Knows how long nothing has come from a server that should send something. Thread-safe. */
final class StallWatch {
  private final Optional<Duration> limit;
  private final LongSupplier nanoTime;
  private long last;

  /**
   * Creates a watch.
   *
   * @param limit when a wait is a stall; empty is never
   */
  StallWatch(Optional<Duration> limit, LongSupplier nanoTime) {
    this.limit = limit;
    this.nanoTime = nanoTime;
  }

  Optional<Duration> limit() {
    return limit;
  }

  /** A wait begins now. */
  synchronized void begin() {
    last = nanoTime.getAsLong();
  }

  /** Bytes came, on any connection. */
  synchronized void arrived() {
    last = nanoTime.getAsLong();
  }

  /** Tells whether nothing has come for too long, if something is waited for. */
  synchronized boolean isStalled() {
    return limit.isPresent() && nanoTime.getAsLong() - last > limit.get().toNanos();
  }
}
