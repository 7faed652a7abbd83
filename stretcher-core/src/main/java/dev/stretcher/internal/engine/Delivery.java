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
 * listeners; the others leave their reports to it and go on. So a listener may call the library,
 * whose reports come after the present one. If many reports wait, so do the threads that print
 * more, see {@link #awaitRoom}; a listener that waits for such a thread waits for ever.
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

  /** The last report is there. */
  private boolean ended;

  /** No listener is called any more. */
  private volatile boolean closed;

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

  /**
   * Waits until few reports are waiting. For those who pass on what a program prints, and for no
   * others: the thread that ends a deploy must not wait for a listener that hangs. The thread that
   * calls the listeners does not wait, nor does an interrupted one.
   */
  synchronized void awaitRoom() {
    try {
      while (!hasRoom() && !ended && caller != Thread.currentThread()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean hasRoom() {
    return waiting.size() < ROOM;
  }

  /**
   * Takes a report, which the next {@link #run} of any thread delivers. After the last one, only
   * what a listener did with a report is taken.
   */
  synchronized void add(Report report) {
    if (!ended || caller == Thread.currentThread()) {
      waiting.add(report);
    }
  }

  /** Takes a report that nobody misses, unless many are waiting. */
  synchronized void offer(Report report) {
    if (hasRoom()) {
      add(report);
    }
  }

  /** Takes the last report. */
  synchronized void addLast(Report report) {
    add(report);
    end();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
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
    Report next = closed ? null : waiting.poll();
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
      if (listener != report.failed() && !closed) {
        try {
          report.tell(listener);
        } catch (Throwable e) {
          failures.take(listener, report, e);
          keepInterrupt(e);
        }
      }
    }
  }

  /** What a cancel ended in a listener is a cancel for the thread that called it, too. */
  private static void keepInterrupt(Throwable failure) {
    try {
      Interrupts.rethrow(failure);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits until all reports are delivered; after an interrupt only a moment longer. Later reports
   * are dropped.
   */
  void settle() {
    end();
    run();
    try {
      awaitEnd(Long.MAX_VALUE);
    } catch (InterruptedException e) {
      settleSoon();
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits a moment, even if this thread is interrupted, until all reports are delivered. What is
   * not delivered by then, and later reports, are dropped.
   */
  void settleSoon() {
    end();
    run();
    Interrupts.remembered(
        () -> {
          awaitEnd(LAST_CALL_NANOS);
          return this;
        });
    closed = true;
  }

  private synchronized void awaitEnd(long nanos) throws InterruptedException {
    long start = System.nanoTime();
    while (caller != null && caller != Thread.currentThread()) {
      long left = nanos - (System.nanoTime() - start);
      if (left <= 0) {
        return;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
