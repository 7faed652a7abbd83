package dev.stretcher.internal.pause;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Pauses of the system's time that only grows, whatever the clock is set to. */
public final class SystemPauses implements Pauses {
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1,
          work -> {
            Thread thread = new Thread(work, "stretcher-timer");
            thread.setDaemon(true);
            return thread;
          },
          // What is still to be done later is given up at the end.
          new ThreadPoolExecutor.DiscardPolicy());

  /** Creates pauses with a thread of their own. */
  public SystemPauses() {
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public void sleep(Duration time) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
  }

  @Override
  public Runnable later(Duration time, Runnable work) {
    Future<?> future = timer.schedule(work, time.toNanos(), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
