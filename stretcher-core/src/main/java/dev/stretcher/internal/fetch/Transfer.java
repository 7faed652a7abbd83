package dev.stretcher.internal.fetch;

import dev.stretcher.spi.Content;
import dev.stretcher.spi.Source;
import dev.stretcher.text.GoDuration;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings an object from a source to a sink, with retries. An interrupted transfer goes on where it
 * stopped if the source can prove that the object is still the same, and from the start otherwise.
 *
 * <p>{@link #run} blocks; {@link #abort} and {@link #endStall} end that from another thread.
 */
public final class Transfer {
  private static final int BUFFER = 128 << 10;

  private final TransferSettings settings;
  private final FetchSink sink;
  private final TransferListener listener;
  private final StallWatch watch;
  private final Stretches stretches;
  private final OpenContent open = new OpenContent();

  private final Object lock = new Object();
  private @Nullable Thread runner;
  private boolean stalled;

  private long received;
  private Optional<String> validator = Optional.empty();

  /** Creates a transfer, which runs once. */
  public Transfer(
      Source source,
      URI uri,
      TransferSettings settings,
      FetchSink sink,
      TransferListener listener) {
    this.settings = settings;
    this.sink = sink;
    this.listener = listener;
    this.watch = new StallWatch(settings.stall(), System::nanoTime);
    RateLimit rate = new RateLimit(settings.bytesPerSecond());
    this.stretches =
        new Stretches(
            new RemoteObject(source, uri, settings.userAgent(), rate, watch),
            settings.connections());
  }

  /**
   * What was transferred.
   *
   * @param bytes the length of the object
   * @param file the object itself, if it can be read in place
   */
  public record Result(long bytes, Optional<Path> file) {}

  /**
   * Transfers the object.
   *
   * @throws SinkException if the sink could not take it
   * @throws IOException if it could not be fetched
   * @throws InterruptedException if the thread was interrupted
   */
  public Result run() throws IOException, InterruptedException {
    synchronized (lock) {
      runner = Thread.currentThread();
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt();
      } catch (NoSuchFileException | AccessDeniedException | SinkException e) {
        throw e;
      } catch (InterruptedIOException e) {
        if (Thread.interrupted() || open.isAborted()) {
          throw new InterruptedException(e.getMessage());
        }
        waitAfter(e, attempt);
      } catch (IOException e) {
        waitAfter(e, attempt);
      }
    }
  }

  private void waitAfter(IOException cause, int attempt) throws IOException, InterruptedException {
    if (attempt > settings.retry().retries() || open.isAborted()) {
      throw cause;
    }
    Duration wait = settings.retry().after(cause, attempt);
    listener.retrying(cause, attempt, wait);
    TimeUnit.NANOSECONDS.sleep(wait.toNanos());
  }

  private Result attempt() throws IOException, InterruptedException {
    listener.opening();
    Optional<Stretches.Next> next = Optional.of(stretches.first(received, validator));
    Optional<Path> file = Optional.empty();
    while (next.isPresent()) {
      try (Content content = opened(next.get())) {
        position(content);
        validator = content.validator();
        file = content.file();
        long start = System.nanoTime();
        long before = received;
        copy(content.body());
        requireAll(content);
        stretches.measured(received - before, System.nanoTime() - start);
        next = stretches.after(content, received);
      } finally {
        open.release();
      }
    }
    return new Result(received, file);
  }

  private Content opened(Stretches.Next next) throws IOException, InterruptedException {
    @Nullable Content content = null;
    watch.begin();
    try {
      content = open.hold(next.open());
    } catch (InterruptedException e) {
      failIfStalled(content);
      throw e;
    } finally {
      watch.end();
    }
    failIfStalled(content);
    return content;
  }

  private void position(Content content) throws IOException {
    if (received > 0 && content.firstByte() == received) {
      return;
    }
    if (content.firstByte() != 0) {
      throw new IOException(
          "byte %d was asked for and byte %d was answered"
              .formatted(received, content.firstByte()));
    }
    received = 0;
    try {
      sink.begin(content.file(), content.totalLength());
    } catch (IOException e) {
      throw new SinkException(e);
    }
  }

  /** Keeps what arrives in large pieces, since sources give small ones. */
  private void copy(InputStream body) throws IOException, InterruptedException {
    byte[] buffer = new byte[BUFFER];
    int filled = 0;
    try {
      for (int n = read(body, buffer, 0); n >= 0; n = read(body, buffer, filled)) {
        filled += n;
        if (filled == buffer.length) {
          filled = 0;
          flush(buffer, buffer.length);
        }
      }
    } finally {
      // What came before a failure need not be fetched again.
      flush(buffer, filled);
    }
  }

  private int read(InputStream body, byte[] buffer, int filled)
      throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("fetching was interrupted");
    }
    watch.begin();
    int count;
    try {
      count = body.read(buffer, filled, buffer.length - filled);
    } catch (IOException e) {
      failIfStalled(null);
      throw e;
    } finally {
      watch.end();
    }
    failIfStalled(null);
    return count;
  }

  private void flush(byte[] buffer, int length) throws IOException {
    if (length > 0) {
      try {
        sink.write(ByteBuffer.wrap(buffer, 0, length));
      } catch (IOException e) {
        throw new SinkException(e);
      }
      received += length;
    }
  }

  private void requireAll(Content content) throws IOException {
    OptionalLong last = content.range().last();
    OptionalLong total = content.totalLength();
    long end = last.isPresent() ? last.getAsLong() + 1 : total.orElse(received);
    if (received != Math.min(end, total.orElse(end))) {
      throw new IOException(
          "the transfer ended after %d of %d bytes".formatted(received, total.orElse(end)));
    }
  }

  /** Ends {@link #run} soon, also while it is blocked in a read. Idempotent, from any thread. */
  public void abort() throws IOException {
    open.abort();
  }

  /** Returns how often {@link #endStall} is worth a call; empty if never. */
  Optional<Duration> stallCheck() {
    return watch.limit().map(limit -> limit.dividedBy(4));
  }

  /** If nothing has come for too long, makes that a failure like others. From any thread. */
  void endStall() throws IOException {
    synchronized (lock) {
      if (runner == null || stalled || !watch.isStalled()) {
        return;
      }
      stalled = true;
    }
    if (!open.close()) {
      runner.interrupt();
    }
  }

  private void failIfStalled(@Nullable Content content) throws IOException {
    synchronized (lock) {
      if (!stalled) {
        return;
      }
      stalled = false;
    }
    // It was for this only, unless all is to end.
    if (Thread.interrupted() && open.isAborted()) {
      Thread.currentThread().interrupt();
    }
    if (content != null) {
      content.close();
    }
    throw new IOException("nothing came for " + GoDuration.format(watch.limit().orElseThrow()));
  }
}
