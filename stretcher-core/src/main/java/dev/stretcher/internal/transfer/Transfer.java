package dev.stretcher.internal.transfer;

import dev.stretcher.process.Interrupts;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Brings an object from a source to a sink, with retries. An interrupted transfer goes on where it
 * stopped if the source can prove that the object is still the same, and from the start otherwise.
 *
 * <p>{@link #run} blocks; {@link #abort} and {@link #endStall} end it from another thread.
 */
public final class Transfer {
  private final RetryPolicy retry;
  private final TransferListener listener;
  private final SpeedFloor floor;
  private final Stretches stretches;
  private final OpenContent open = new OpenContent();
  private final ServerWait wait;
  private final SinkWriter writer;
  private Optional<String> validator = Optional.empty();

  /** Creates a transfer, which runs once. */
  public Transfer(
      Source source,
      URI uri,
      TransferSettings settings,
      FetchSink sink,
      TransferListener listener) {
    this(source, uri, settings, sink, listener, System::nanoTime);
  }

  Transfer(
      Source source,
      URI uri,
      TransferSettings settings,
      FetchSink sink,
      TransferListener listener,
      LongSupplier nanoTime) {
    StallWatch watch = new StallWatch(settings.stall(), nanoTime);
    RateLimit rate = new RateLimit(settings.bytesPerSecond());
    this.floor = SpeedFloor.of(uri, settings, nanoTime);
    RemoteObject object = new RemoteObject(source, uri, settings.userAgent(), rate, watch, floor);
    this.retry = settings.retry();
    this.listener = listener;
    Connections connections = new Connections(settings.connections(), listener);
    this.stretches = new Stretches(object, connections);
    this.wait = new ServerWait(watch, open);
    this.writer = new SinkWriter(sink, wait, connections::tell);
  }

  /**
   * The transferred object.
   *
   * @param bytes the length of the object
   * @param file the object itself, if it can be read in place
   */
  public record Result(long bytes, Optional<Path> file) {}

  /**
   * Transfers the object.
   *
   * @throws SinkException if the sink could not take it
   * @throws IOException if the object could not be fetched
   * @throws InterruptedException if the thread was interrupted
   */
  public Result run() throws IOException, InterruptedException {
    int attempt = 1;
    while (true) {
      try {
        return attempt();
      } catch (NoSuchFileException | SinkException e) {
        throw e;
      } catch (IOException e) {
        Interrupts.rethrow(e);
        floor.reset();
        if (e instanceof OtherVersionException) {
          validator = Optional.empty();
        }
        long received = writer.received();
        boolean counts = !stretches.failed(e, received);
        waitAfter(e, attempt, counts);
        attempt += counts ? 1 : 0;
        if (counts && attempt > retry.retries()) {
          stretches.comesToLast(received);
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
    if (open.isAborted() || (counts && isOver(cause, attempt))) {
      throw cause;
    }
    boolean atOnce = !counts && !stretches.asksForRanges();
    Duration wait = atOnce ? Duration.ZERO : retry.after(cause, attempt);
    // The plain request after the last retry is told as that one.
    listener.retrying(cause, Math.min(attempt, Math.max(1, retry.retries())), wait);
    TimeUnit.NANOSECONDS.sleep(wait.toNanos());
  }

  private boolean isOver(IOException cause, int attempt) {
    return cause instanceof AccessDeniedException
        || (attempt > retry.retries() && !stretches.giveUpRanges(writer.received()));
  }

  private Result attempt() throws IOException, InterruptedException {
    listener.opening();
    Optional<Stretches.Next> next = Optional.of(stretches.first(writer.received(), validator));
    Optional<Path> file = Optional.empty();
    while (next.isPresent()) {
      try (Content content = opened(next.get())) {
        validator = content.validator();
        file = content.file();
        take(content);
        next = stretches.after(content, writer.received());
      } finally {
        open.release();
      }
    }
    return new Result(writer.received(), file);
  }

  private Content opened(Stretches.Next next) throws IOException, InterruptedException {
    try {
      return wait.on(() -> open.hold(next.open()));
    } catch (IOException e) {
      // It may have been opened just when that took too long.
      open.close();
      throw e;
    }
  }

  private void take(Content content) throws IOException, InterruptedException {
    long start = System.nanoTime();
    long before = content.firstByte();
    writer.take(content);
    requireAll(content);
    stretches.measured(writer.received() - before, System.nanoTime() - start);
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

  /** Ends {@link #run} soon, also while it is blocked in a read. Idempotent, from any thread. */
  public void abort() throws IOException {
    open.abort();
  }

  /** Returns how often {@link #endStall} is worth a call; empty if never. */
  Optional<Duration> stallCheck() {
    return wait.checkEvery();
  }

  /**
   * Ends a wait during which nothing has come for too long, with a failure like others. From any
   * thread.
   */
  void endStall() throws IOException {
    wait.endStall();
  }
}
