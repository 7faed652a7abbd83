package dev.stretcher.internal.transfer;

import dev.stretcher.process.Interrupts;
import dev.stretcher.spi.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Brings contents to a sink, and knows how much it has. Used by one thread. */
final class SinkWriter {
  private static final int BUFFER = 128 << 10;

  /** How long bytes of a slow server wait for others, so that progress is told all the time. */
  private static final long FLUSH_NANOS = Duration.ofMillis(500).toNanos();

  private final FetchSink sink;
  private final ServerWait wait;
  private final Runnable afterRead;
  private final LongSupplier nanoTime;
  private final byte[] buffer = new byte[BUFFER];
  private long received;
  private long flushed;

  /**
   * Creates a writer.
   *
   * @param afterRead is run each time that something has come, when nothing is waited for
   */
  SinkWriter(FetchSink sink, ServerWait wait, Runnable afterRead, LongSupplier nanoTime) {
    this.sink = sink;
    this.afterRead = afterRead;
    this.wait = wait;
    this.nanoTime = nanoTime;
  }

  /** Returns how many bytes the sink has. */
  long received() {
    return received;
  }

  /** Takes a content, which goes on where the sink's bytes end, or starts over. */
  void take(Content content) throws IOException, InterruptedException {
    position(content);
    OptionalLong last = content.range().last();
    copy(content.body(), last.isPresent() ? last.getAsLong() + 1 - received : Long.MAX_VALUE);
  }

  private void position(Content content) throws IOException {
    if (received > 0 && content.firstByte() == received) {
      return;
    }
    if (content.firstByte() != 0) {
      throw new UnusableRangeException(
          "byte %s was asked for and byte %s was answered"
              .formatted(received, content.firstByte()));
    }
    received = 0;
    try {
      sink.begin(content.file(), content.totalLength());
    } catch (IOException e) {
      throw new SinkException(e);
    }
  }

  /** Collects bytes into large pieces, since sources give small ones. */
  private void copy(InputStream body, long most) throws IOException, InterruptedException {
    int filled = 0;
    long left = most;
    flushed = nanoTime.getAsLong();
    try {
      for (int n = read(body, 0, left); n >= 0; n = read(body, filled, left)) {
        filled += n;
        left -= n;
        if (filled == buffer.length || nanoTime.getAsLong() - flushed >= FLUSH_NANOS) {
          int length = filled;
          filled = 0;
          flush(length);
        }
      }
    } finally {
      // What came before a failure need not be fetched again.
      flush(filled);
    }
  }

  private int read(InputStream body, int filled, long left)
      throws IOException, InterruptedException {
    Interrupts.requireNone();
    // One more, to see the end.
    int most = (int) Math.min(buffer.length - filled, left == 0 ? 1 : left);
    int count = wait.on(() -> body.read(buffer, filled, most));
    afterRead.run();
    if (left == 0 && count > 0) {
      throw new UnusableRangeException("more came than was asked for");
    }
    return count;
  }

  private void flush(int length) throws IOException {
    if (length > 0) {
      try {
        sink.write(ByteBuffer.wrap(buffer, 0, length));
      } catch (IOException e) {
        throw new SinkException(e);
      }
      received += length;
      flushed = nanoTime.getAsLong();
    }
  }
}
