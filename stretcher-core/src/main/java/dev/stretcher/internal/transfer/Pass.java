package dev.stretcher.internal.transfer;

import dev.stretcher.internal.transfer.Transfer.OtherVersionException;
import dev.stretcher.process.Interrupts;
import dev.stretcher.spi.Content;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * One pass over an object, or over some of its bytes, with retries: it goes on where an attempt
 * stopped if the way allows that, and starts over otherwise. Used by one thread.
 */
final class Pass {
  private final Transfer transfer;
  private final Way way;
  private final SinkWriter writer;
  private Optional<String> validator = Optional.empty();

  Pass(Transfer transfer, Way way, SinkWriter writer) {
    this.transfer = transfer;
    this.way = way;
    this.writer = writer;
  }

  /** Something to open. */
  @FunctionalInterface
  interface Next {
    Content open() throws IOException, InterruptedException;
  }

  /** Decides what is asked for next, and what becomes of a failure. Used by one thread. */
  interface Way {
    /**
     * Returns the beginning, or what follows the bytes that have arrived, if they are of a version
     * that is known.
     */
    Next first(long received, Optional<String> version);

    /** Returns what comes after a content that was read to its end; empty if there is nothing. */
    Optional<Next> after(Content content, long received) throws IOException;

    /** Tells whether no other attempt can mend a failure. */
    boolean isFinal(IOException failure);

    /**
     * An attempt failed.
     *
     * @param received how many bytes have arrived
     * @return whether there is a way that has not been tried yet
     */
    boolean failed(IOException cause, long received);

    /**
     * The next attempt is the last one.
     *
     * @param received how many bytes have arrived
     */
    default void comesToLast(long received) {
      // It is like the others.
    }

    /**
     * The last attempt failed.
     *
     * @param received how many bytes have arrived
     * @return whether there is still a way that has not been tried yet
     */
    default boolean giveUpRanges(long received) {
      return false;
    }

    /** Tells whether the next attempt may go on behind what has arrived. */
    boolean asksForRanges();

    /** How long a content took. */
    void measured(long bytes, long nanos);
  }

  Transfer.Result run() throws IOException, InterruptedException {
    int attempt = 1;
    while (true) {
      try {
        return attempt(attempt > 1);
      } catch (NoSuchFileException | SinkException e) {
        throw e;
      } catch (IOException e) {
        Interrupts.rethrow(e);
        if (way.isFinal(e)) {
          throw e;
        }
        transfer.floor().reset();
        if (e instanceof OtherVersionException) {
          validator = Optional.empty();
        }
        long received = writer.received();
        boolean counts = !way.failed(e, received);
        waitAfter(e, attempt, counts);
        attempt += counts ? 1 : 0;
        if (counts && attempt > transfer.retry().retries()) {
          way.comesToLast(received);
        }
      }
    }
  }

  /**
   * Waits for the next attempt.
   *
   * @param counts whether it is the same again; one by another way is not a retry
   */
  private void waitAfter(IOException cause, int attempt, boolean counts)
      throws IOException, InterruptedException {
    if (transfer.isAborted() || (counts && isOver(cause, attempt))) {
      throw cause;
    }
    boolean atOnce = !counts && !way.asksForRanges();
    Duration wait = atOnce ? Duration.ZERO : transfer.retry().after(cause, attempt);
    // The plain request after the last retry is told as that one.
    int told = Math.min(attempt, Math.max(1, transfer.retry().retries()));
    transfer.listener().retrying(cause, told, wait);
    TimeUnit.NANOSECONDS.sleep(wait.toNanos());
  }

  private boolean isOver(IOException cause, int attempt) {
    return cause instanceof AccessDeniedException
        || (attempt > transfer.retry().retries() && !way.giveUpRanges(writer.received()));
  }

  private Transfer.Result attempt(boolean again) throws IOException, InterruptedException {
    transfer.tellOpening(again);
    Optional<Next> next = Optional.of(way.first(writer.received(), validator));
    Optional<Path> file = Optional.empty();
    while (next.isPresent()) {
      try (Content content = transfer.opened(next.get())) {
        validator = content.validator();
        file = content.file();
        take(content);
        next = way.after(content, writer.received());
      } finally {
        transfer.release();
      }
    }
    return new Transfer.Result(writer.received(), file);
  }

  private void take(Content content) throws IOException, InterruptedException {
    long start = System.nanoTime();
    long before = content.firstByte();
    writer.take(content);
    requireAll(content);
    way.measured(writer.received() - before, System.nanoTime() - start);
  }

  private void requireAll(Content content) throws IOException {
    OptionalLong last = content.range().last();
    OptionalLong total = content.totalLength();
    long received = writer.received();
    long end = last.isPresent() ? last.getAsLong() + 1 : total.orElse(received);
    if (received != Math.min(end, total.orElse(end))) {
      throw new IOException(
          "the transfer ended after %s of %s bytes".formatted(received, total.orElse(end)));
    }
  }
}
