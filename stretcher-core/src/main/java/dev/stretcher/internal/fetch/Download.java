package dev.stretcher.internal.fetch;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs a transfer in a thread of its own, so that neither a time limit nor an interrupt has to wait
 * for a blocked read.
 */
public final class Download {
  private static final Duration SHUTDOWN = Duration.ofSeconds(10);

  private final Transfer transfer;
  private final Optional<Duration> limit;

  /** Creates a download; an empty limit is none. */
  public Download(Transfer transfer, Optional<Duration> limit) {
    this.transfer = transfer;
    this.limit = limit;
  }

  /**
   * Downloads. Whatever way it ends, the transfer has ended as well.
   *
   * @throws TimeoutException if the limit was reached
   * @throws IOException as {@link Transfer#run}
   * @throws InterruptedException if the thread was interrupted
   */
  public Transfer.Result run() throws IOException, InterruptedException, TimeoutException {
    FutureTask<Transfer.Result> task = new FutureTask<>(transfer::run);
    Thread worker = new Thread(task, "stretcher-fetch");
    worker.setDaemon(true);
    worker.start();
    try {
      return await(task);
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    } finally {
      end(worker);
    }
  }

  private Transfer.Result await(FutureTask<Transfer.Result> task)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    long start = System.nanoTime();
    long end = limit.map(Duration::toNanos).orElse(Long.MAX_VALUE);
    long step = transfer.stallCheck().map(Duration::toNanos).orElse(Long.MAX_VALUE);
    while (true) {
      long left = end - (System.nanoTime() - start);
      try {
        return task.get(Math.min(left, step), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        if (left <= step) {
          throw e;
        }
        transfer.endStall();
      }
    }
  }

  private static IOException rethrown(@Nullable Throwable cause) throws InterruptedException {
    if (cause instanceof IOException e) {
      return e;
    }
    if (cause instanceof InterruptedException) {
      throw new InterruptedException("fetching was interrupted");
    }
    if (cause instanceof RuntimeException e) {
      throw e;
    }
    if (cause instanceof Error e) {
      throw e;
    }
    return new IOException(cause);
  }

  private void end(Thread worker) throws IOException, InterruptedException {
    if (!worker.isAlive()) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      // First, so that the interrupt is not taken for the end of a stall.
      transfer.abort();
    } finally {
      worker.interrupt();
      worker.join(SHUTDOWN.toMillis());
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
