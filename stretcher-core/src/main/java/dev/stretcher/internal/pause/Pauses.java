package dev.stretcher.internal.pause;

import java.time.Duration;

/** How an agent waits; tests let time pass as they like. Thread-safe. */
public interface Pauses extends AutoCloseable {
  /**
   * Waits.
   *
   * @throws InterruptedException if the thread was interrupted
   */
  void sleep(Duration time) throws InterruptedException;

  /**
   * Does something after a time.
   *
   * @param work short work, that does not fail
   * @return takes it back, unless it has begun
   */
  Runnable later(Duration time, Runnable work);

  /** Takes back all that has not begun. */
  @Override
  void close();
}
