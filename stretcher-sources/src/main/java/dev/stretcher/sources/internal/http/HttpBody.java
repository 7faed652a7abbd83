package dev.stretcher.sources.internal.http;

import dev.stretcher.sources.setting.Timeouts;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The body of an answer, which another thread may close at any time.
 *
 * <p>Okio's buffers must not be used by two threads: closing first cancels the call, which ends a
 * read that is blocked, and then waits for that reader to leave.
 */
public final class HttpBody extends InputStream {
  private final ReentrantLock reading = new ReentrantLock();
  private final Exchange exchange;
  private final InputStream stream;
  private final OptionalLong length;
  private final Timeouts timeouts;
  private long received;
  private volatile boolean ended;
  private volatile boolean closed;

  HttpBody(Exchange exchange, OptionalLong length, Timeouts timeouts) {
    this.exchange = exchange;
    this.stream = exchange.response().body().byteStream();
    this.length = length;
    this.timeouts = timeouts;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int count) throws IOException {
    if (count == 0) {
      // Okio would wait for the next byte.
      return 0;
    }
    reading.lock();
    try {
      requireOpen();
      return counted(stream.read(buffer, offset, count));
    } catch (IOException e) {
      requireOpen();
      throw HttpFailure.ofBody(exchange.url(), timeouts, progress(), e);
    } finally {
      reading.unlock();
    }
  }

  private int counted(int count) throws IOException {
    received += Math.max(count, 0);
    if (count < 0) {
      ended = true;
      // OkHttp leaves this to us for HTTP/2.
      if (length.isPresent() && received < length.getAsLong()) {
        throw new IOException("the answer ended early");
      }
    }
    return count;
  }

  private String progress() {
    return received + (length.isPresent() ? " of " + length.getAsLong() : "") + " bytes";
  }

  private void requireOpen() throws IOException {
    if (closed) {
      throw new IOException(HttpFailure.shown(exchange.url()) + ": closed while it was read");
    }
  }

  @Override
  public void close() {
    closed = true;
    if (!ended) {
      exchange.cancel();
    }
    reading.lock();
    try {
      exchange.close();
    } finally {
      reading.unlock();
    }
  }
}
