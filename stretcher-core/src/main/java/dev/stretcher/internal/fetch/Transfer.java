package dev.stretcher.internal.fetch;

import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.Source;
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
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings an object from a source to a sink, with retries. An interrupted transfer goes on where it
 * stopped if the source can prove that the object is still the same, and from the start otherwise.
 *
 * <p>{@link #run} blocks; {@link #abort} ends it from another thread.
 */
public final class Transfer {
  private static final int BUFFER = 128 << 10;

  private final Source source;
  private final URI uri;
  private final String userAgent;
  private final RetryPolicy retry;
  private final RateLimit rate;
  private final FetchSink sink;
  private final TransferListener listener;

  private final Object lock = new Object();
  private boolean aborted;
  private @Nullable Content open;

  private long received;
  private Optional<String> validator = Optional.empty();

  /** Creates a transfer, which runs once. */
  public Transfer(
      Source source,
      URI uri,
      String userAgent,
      RetryPolicy retry,
      RateLimit rate,
      FetchSink sink,
      TransferListener listener) {
    this.source = source;
    this.uri = uri;
    this.userAgent = userAgent;
    this.retry = retry;
    this.rate = rate;
    this.sink = sink;
    this.listener = listener;
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
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt();
      } catch (NoSuchFileException | AccessDeniedException | SinkException e) {
        throw e;
      } catch (InterruptedIOException e) {
        if (Thread.interrupted() || isAborted()) {
          throw new InterruptedException(e.getMessage());
        }
        waitAfter(e, attempt);
      } catch (IOException e) {
        waitAfter(e, attempt);
      }
    }
  }

  private void waitAfter(IOException cause, int attempt) throws IOException, InterruptedException {
    if (attempt > retry.retries() || isAborted()) {
      throw cause;
    }
    Duration wait = retry.before(attempt);
    listener.retrying(cause, attempt, wait);
    TimeUnit.NANOSECONDS.sleep(wait.toNanos());
  }

  private Result attempt() throws IOException, InterruptedException {
    listener.opening();
    try (Content content = source.open(uri, request())) {
      track(content);
      position(content);
      validator = content.validator();
      copy(content.body());
      long total = content.totalLength().orElse(received);
      if (received != total) {
        throw new IOException("the transfer ended after %d of %d bytes".formatted(received, total));
      }
      return new Result(received, content.file());
    } finally {
      untrack();
    }
  }

  private FetchRequest request() {
    long from = validator.isPresent() ? received : 0;
    return new FetchRequest(
        ByteRange.from(from), from > 0 ? validator : Optional.empty(), userAgent);
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
    byte[] buffer = new byte[rate.chunk(BUFFER)];
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

  private static int read(InputStream body, byte[] buffer, int filled)
      throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("fetching was interrupted");
    }
    return body.read(buffer, filled, buffer.length - filled);
  }

  private void flush(byte[] buffer, int length) throws IOException, InterruptedException {
    if (length > 0) {
      keep(ByteBuffer.wrap(buffer, 0, length));
      received += length;
      rate.passed(length);
    }
  }

  private void keep(ByteBuffer chunk) throws SinkException {
    try {
      sink.write(chunk);
    } catch (IOException e) {
      throw new SinkException(e);
    }
  }

  /** Ends {@link #run} soon, also while it is blocked in a read. Idempotent, from any thread. */
  public void abort() throws IOException {
    Content content;
    synchronized (lock) {
      aborted = true;
      content = open;
    }
    if (content != null) {
      content.close();
    }
  }

  private void track(Content content) throws IOException {
    synchronized (lock) {
      open = content;
      if (!aborted) {
        return;
      }
    }
    content.close();
  }

  private void untrack() {
    synchronized (lock) {
      open = null;
    }
  }

  private boolean isAborted() {
    synchronized (lock) {
      return aborted;
    }
  }
}
