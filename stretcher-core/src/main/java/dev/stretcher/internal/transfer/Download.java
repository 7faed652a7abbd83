package dev.stretcher.internal.transfer;

import dev.stretcher.process.Background;
import dev.stretcher.process.Diagnostics;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
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

  /** Downloads the whole object, as {@link #run(Background.Work)} does. */
  public Transfer.Result run(FetchSink sink)
      throws IOException, InterruptedException, TimeoutException {
    return run(() -> transfer.all(sink));
  }

  /**
   * Downloads. When this returns or throws, the transfer has ended.
   *
   * @param work calls the transfer; it may do so several times
   * @throws TimeoutException if the limit was reached
   * @throws IOException as the work does
   * @throws InterruptedException if the thread was interrupted
   */
  public <T> T run(Background.Work<T, IOException> work)
      throws IOException, InterruptedException, TimeoutException {
    Background<T, IOException> running =
        Background.start("stretcher-fetch", Background.ofPlugin(work));
    try {
      return await(running);
    } finally {
      if (running.isRunning()) {
        end(running);
      }
    }
  }

  private <T> T await(Background<T, IOException> running)
      throws IOException, InterruptedException, TimeoutException {
    long start = System.nanoTime();
    long end = limit.map(Duration::toNanos).orElse(Long.MAX_VALUE);
    long step = transfer.stallCheck().map(Duration::toNanos).orElse(Long.MAX_VALUE);
    while (true) {
      long left = end - (System.nanoTime() - start);
      try {
        return running.await(Math.min(left, step));
      } catch (TimeoutException e) {
        if (left <= step) {
          throw e;
        }
        transfer.endStall();
      }
    }
  }

  private void end(Background<?, IOException> running) {
    try {
      // First, so that the interrupt is not taken for the end of a stall.
      transfer.abort();
    } catch (IOException e) {
      Diagnostics.debug(Download.class, "what no one reads any more could not be closed", e);
    } finally {
      running.end(SHUTDOWN);
    }
  }
}
