package dev.stretcher.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Turns SIGINT and SIGTERM into a cancelled deploy: its thread is interrupted, and the JVM ends
 * once that thread has cleaned up.
 */
final class SignalHandling {
  private static final long LONGEST_CLEANUP_SECONDS = 60;

  /** Whether the work has ended or a signal has come: the first of them says the exit status. */
  private final AtomicBoolean decided = new AtomicBoolean();

  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread worker;
  private final boolean exitZero;

  SignalHandling(Thread worker, boolean exitZero) {
    this.worker = worker;
    this.exitZero = exitZero;
  }

  /**
   * Begins to watch for signals.
   *
   * @param worker the thread to interrupt
   * @param exitZero whether the exit status is 0 even then; else it is 128 plus the signal
   */
  static SignalHandling cancel(Thread worker, boolean exitZero) {
    SignalHandling handling = new SignalHandling(worker, exitZero);
    Runtime.getRuntime().addShutdownHook(new Thread(handling::onShutdown, "stretcher-signal"));
    return handling;
  }

  /**
   * Says that the work has ended, so that its own exit status counts. Does not return if a signal
   * came before: a JVM that has run its shutdown hooks takes the exit status of whoever calls
   * {@code exit} then.
   */
  void finished() {
    boolean counts = decided.compareAndSet(false, true);
    finished.countDown();
    while (!counts) {
      LockSupport.park(this);
    }
  }

  void onShutdown() {
    if (!decided.compareAndSet(false, true)) {
      return;
    }
    worker.interrupt();
    boolean cleanedUp = awaitFinish();
    if (exitZero) {
      Runtime.getRuntime().halt(0);
    }
    if (!cleanedUp) {
      Runtime.getRuntime().halt(1);
    }
  }

  private boolean awaitFinish() {
    try {
      return finished.await(LONGEST_CLEANUP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
