package dev.stretcher.internal.engine;

import dev.stretcher.process.Interrupts;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployIdentity;
import dev.stretcher.report.DeployListener;
import dev.stretcher.report.Progress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls the listeners of one deploy: one call at a time, and in the order of the reports.
 *
 * <p>No lock is held during a call. Of the threads that report at the same time, one calls the
 * listeners; the others leave their reports to it and go on. So a listener may wait for another
 * thread of the deploy, and may call the library, whose reports come after the present one. If many
 * reports wait, so do the threads that make more of them.
 */
final class Delivery {
  /** How many reports may wait; each may be a long line that a command printed. */
  private static final int ROOM = 100;

  /** How long the end of a cancelled deploy waits for a listener. */
  private static final long LAST_CALL_NANOS = Duration.ofSeconds(1).toNanos();

  private final List<DeployListener> listeners;
  private final Failures failures;
  private final Queue<Report> waiting = new ArrayDeque<>();
  private @Nullable Thread caller;

  Delivery(List<DeployListener> listeners, Failures failures) {
    this.listeners = listeners;
    this.failures = failures;
  }

  /**
   * What a call tells.
   *
   * @param deploy the deploy, as it was known when this was reported
   * @param told a {@link DeployEvent} or a {@link Progress}
   * @param failed the listener that this is about, and that does not get it
   */
  record Report(DeployIdentity deploy, Object told, @Nullable DeployListener failed) {
    private void tell(DeployListener listener) {
      if (told instanceof DeployEvent event) {
        listener.onEvent(deploy, event);
      } else {
        listener.onProgress(deploy, (Progress) told);
      }
    }
  }

  /** Takes what listeners throw. */
  @FunctionalInterface
  interface Failures {
    void take(DeployListener listener, Report report, Throwable failure);
  }

  /** Waits until few reports are waiting; neither the thread that calls nor a cancel waits. */
  synchronized void awaitRoom() {
    try {
      while (waiting.size() >= ROOM && caller != Thread.currentThread()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes a report, which the next {@link #run} of any thread delivers. */
  synchronized void add(Report report) {
    waiting.add(report);
  }

  /** Delivers all reports, unless a thread is at it, this one or another. */
  void run() {
    if (!begin()) {
      return;
    }
    try {
      for (Report report = next(); report != null; report = next()) {
        deliver(report);
      }
    } finally {
      leave();
    }
  }

  private synchronized boolean begin() {
    if (caller != null) {
      return false;
    }
    caller = Thread.currentThread();
    return true;
  }

  /** Returns the next report. If there is none, this thread calls no more. */
  private synchronized @Nullable Report next() {
    Report next = waiting.poll();
    if (next == null) {
      caller = null;
    }
    notifyAll();
    return next;
  }

  private synchronized void leave() {
    if (caller == Thread.currentThread()) {
      caller = null;
      notifyAll();
    }
  }

  private void deliver(Report report) {
    for (DeployListener listener : listeners) {
      if (listener != report.failed()) {
        try {
          report.tell(listener);
        } catch (Throwable e) {
          failures.take(listener, report, e);
        }
      }
    }
  }

  /** Waits until all reports are delivered; after an interrupt only a moment longer. */
  void settle() {
    run();
    try {
      awaitEnd(Long.MAX_VALUE);
    } catch (InterruptedException e) {
      settleSoon();
      Thread.currentThread().interrupt();
    }
  }

  /** Waits a moment, even if this thread is interrupted, until all reports are delivered. */
  void settleSoon() {
    run();
    Interrupts.remembered(() -> awaitEnd(LAST_CALL_NANOS));
  }

  private synchronized boolean awaitEnd(long nanos) throws InterruptedException {
    long start = System.nanoTime();
    while (caller != null && caller != Thread.currentThread()) {
      long left = nanos - (System.nanoTime() - start);
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }
}
