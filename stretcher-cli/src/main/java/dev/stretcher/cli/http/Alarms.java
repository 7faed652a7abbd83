package dev.stretcher.cli.http;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts threads that take too long to read from or write to a client: an interrupt closes the
 * connection that a thread waits for. Thread-safe.
 */
public final class Alarms implements Closeable {
  private final ScheduledThreadPoolExecutor clock;
  private final Duration longest;

  /** What must not take too long. */
  @FunctionalInterface
  public interface Work {
    /** Does it. */
    void run() throws IOException;
  }

  /** Interrupts a thread, unless its work is over. */
  private static final class Alarm implements Runnable {
    private final Thread thread = Thread.currentThread();
    private boolean over;

    @Override
    public synchronized void run() {
      if (!over) {
        thread.interrupt();
      }
    }

    synchronized void end() {
      over = true;
      // An interrupt that came at the last moment is not meant for what this thread does next.
      Thread.interrupted();
    }
  }

  /** Creates alarms, each after such a time. */
  public Alarms(Duration longest) {
    this.longest = longest;
    this.clock = new ScheduledThreadPoolExecutor(1, Daemons.named("stretcher-http-alarms"));
    clock.setRemoveOnCancelPolicy(true);
    // Once it is closed, whose connections are closed too.
    clock.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
  }

  /**
   * Does something in this thread, which is interrupted if that takes too long.
   *
   * @throws IOException if the work does, such as for an interrupt
   */
  public void during(Work work) throws IOException {
    Alarm alarm = new Alarm();
    ScheduledFuture<?> set = clock.schedule(alarm, longest.toNanos(), TimeUnit.NANOSECONDS);
    try {
      work.run();
    } finally {
      alarm.end();
      set.cancel(false);
    }
  }

  /** Interrupts nobody any more. */
  @Override
  public void close() {
    clock.shutdownNow();
  }
}
