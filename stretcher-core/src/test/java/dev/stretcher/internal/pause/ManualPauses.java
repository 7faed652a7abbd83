package dev.stretcher.internal.pause;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Pauses that are over when a test says so; those that only keep queries apart take no time. */
public final class ManualPauses implements Pauses {
  private static final Duration SHORT = Duration.ofMillis(150);

  private final List<Runnable> later = new ArrayList<>();
  private final List<Duration> asked = new ArrayList<>();
  private int sleeping;
  private int passed;

  @Override
  public synchronized void sleep(Duration time) throws InterruptedException {
    if (time.compareTo(SHORT) < 0) {
      return;
    }
    int before = passed;
    sleeping++;
    notifyAll();
    try {
      while (passed == before) {
        wait();
      }
    } finally {
      sleeping--;
    }
  }

  @Override
  public synchronized Runnable later(Duration time, Runnable work) {
    later.add(work);
    asked.add(time);
    notifyAll();
    return () -> takeBack(work);
  }

  private synchronized void takeBack(Runnable work) {
    later.remove(work);
  }

  /** Lets all pauses end. */
  public void pass() {
    List<Runnable> due;
    synchronized (this) {
      passed++;
      due = List.copyOf(later);
      later.clear();
      notifyAll();
    }
    due.forEach(Runnable::run);
  }

  /** Waits until something waits for its time. */
  public synchronized void awaitLater(int count) throws InterruptedException {
    while (later.size() < count) {
      wait();
    }
  }

  /** Waits until somebody sleeps. */
  public synchronized void awaitSleeping() throws InterruptedException {
    while (sleeping == 0) {
      wait();
    }
  }

  /** Waits until so many times were asked for. */
  public synchronized void awaitAsked(int count) throws InterruptedException {
    while (asked.size() < count) {
      wait();
    }
  }

  /** Returns the times that were asked for. */
  public synchronized List<Duration> asked() {
    return List.copyOf(asked);
  }

  @Override
  public synchronized void close() {
    later.clear();
  }
}
