package dev.stretcher.process;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/** What is done to threads. */
public final class Threads {
  private Threads() {}

  /**
   * Interrupts a thread until it has ended. The calling thread waits for that even if it is
   * interrupted itself, and then still is.
   */
  public static void end(Thread thread) {
    end(thread, Duration.ofNanos(Long.MAX_VALUE));
  }

  /** Does the same, but does not wait for longer than {@code limit}. */
  public static void end(Thread thread, Duration limit) {
    boolean interrupted = false;
    long start = System.nanoTime();
    for (long left = limit.toNanos(); thread.isAlive() && left > 0; ) {
      thread.interrupt();
      try {
        thread.join(Math.max(1, left / 1_000_000));
      } catch (InterruptedException e) {
        interrupted = true;
      }
      left = limit.toNanos() - (System.nanoTime() - start);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Returns the failure of a task that another thread ran.
   *
   * @return what the task threw, or an exception that wraps it
   * @throws RuntimeException what the task threw, if it is unchecked
   */
  public static IOException failure(ExecutionException e) {
    Throwable cause = e.getCause();
    if (cause instanceof IOException failure) {
      return failure;
    }
    if (cause instanceof RuntimeException bug) {
      throw bug;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return new IOException(cause);
  }
}
