package dev.stretcher.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGINT and SIGTERM into a cancelled deploy: its thread is interrupted, and the JVM ends
 * once that thread has cleaned up.
 */
final class SignalHandling {
  private static final long LONGEST_CLEANUP_SECONDS = 60;

  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread worker;
  private final boolean exitZero;

  private SignalHandling(Thread worker, boolean exitZero) {
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

  /** Says that the work has ended, so that its own exit status counts. */
  void finished() {
    finished.countDown();
  }

  private void onShutdown() {
    if (finished.getCount() == 0) {
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
