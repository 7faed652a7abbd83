package dev.stretcher.benchmarks.fleet;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Looks every second how much processor time was used, and keeps the most. Thread-safe. */
final class ProcessorPeak implements AutoCloseable {
  private final Supplier<Duration> used;
  private final Thread thread = new Thread(this::look, "processor-peak");
  private double most;

  /** Begins to look. */
  ProcessorPeak(Supplier<Duration> used) {
    this.used = used;
    thread.setDaemon(true);
    thread.start();
  }

  private void look() {
    Duration before = used.get();
    long start = System.nanoTime();
    try {
      while (true) {
        TimeUnit.SECONDS.sleep(1);
        Duration now = used.get();
        long end = System.nanoTime();
        take(now.minus(before).toNanos() / (double) (end - start));
        before = now;
        start = end;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void take(double processors) {
    most = Math.max(most, processors);
  }

  /** Returns how many processors were busy in the second that had most of that. */
  synchronized double most() {
    return most;
  }

  /** Looks no more. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
