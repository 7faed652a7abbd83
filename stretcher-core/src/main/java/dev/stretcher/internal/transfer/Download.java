package dev.stretcher.internal.transfer;

import dev.stretcher.process.Diagnostics;
import dev.stretcher.process.Interrupts;
import dev.stretcher.process.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
      Interrupts.rethrow(e);
      throw Threads.failure(e);
    } finally {
      if (worker.isAlive()) {
        end(worker);
      }
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

  private void end(Thread worker) {
    try {
      // First, so that the interrupt is not taken for the end of a stall.
      transfer.abort();
    } catch (IOException e) {
      Diagnostics.debug(Download.class, "what no one reads any more could not be closed", e);
    } finally {
      Threads.end(worker, SHUTDOWN);
    }
  }
}
