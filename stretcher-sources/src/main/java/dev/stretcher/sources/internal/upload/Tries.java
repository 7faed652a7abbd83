package dev.stretcher.sources.internal.upload;

import dev.stretcher.process.Interrupts;
import dev.stretcher.publish.ContentChangedException;
import dev.stretcher.publish.ObjectExistsException;
import dev.stretcher.spi.RetryLaterException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How often a step of a large upload is tried, and after which waits: all that was sent before it
 * would be lost with it.
 *
 * @param most how often, from 1
 * @param firstWait before the second attempt; each further wait is twice as long
 */
public record Tries(int most, Duration firstWait) {
  /** What a program uses: a server may be away for a quarter of a minute. */
  public static final Tries STANDARD = new Tries(5, Duration.ofSeconds(1));

  /** A server that wants more time than that gets it for the whole upload. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /**
   * Returns when it is time for the next attempt.
   *
   * @param attempt the number of the one that failed, from 1
   * @throws IOException the failure, if it is final or there was no attempt left
   * @throws InterruptedException if the thread was interrupted
   */
  public void awaitNext(IOException failure, int attempt) throws IOException, InterruptedException {
    ContentChangedException.rethrow(failure);
    Interrupts.rethrow(failure);
    boolean isFinal =
        failure instanceof FileSystemException
            || failure instanceof ObjectExistsException
            || failure instanceof LostUploadException;
    Duration wait = wait(failure, attempt);
    if (isFinal || attempt >= most || wait.compareTo(LONGEST) > 0) {
      throw failure;
    }
    TimeUnit.NANOSECONDS.sleep(wait.toNanos());
  }

  private Duration wait(IOException failure, int attempt) {
    Duration own = firstWait.multipliedBy(1L << Math.min(attempt - 1, 10));
    boolean isWish =
        failure instanceof RetryLaterException later && later.getWait().compareTo(own) > 0;
    return isWish ? ((RetryLaterException) failure).getWait() : own;
  }
}
