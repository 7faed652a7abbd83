package dev.stretcher.internal.transfer;

import dev.stretcher.text.ByteSize;
import dev.stretcher.text.GoDuration;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * The least rate that a server has to send at, all connections together. A server that sends a byte
 * now and then never stalls, and would keep a deploy from ending.
 *
 * <p>Only the time counts in which a connection waits for the server: neither a limit of the rate
 * nor a disk that is slow here lets a server look slow. Thread-safe.
 */
final class SpeedFloor {
  /** Over which time the rate is measured, as curl's {@code --speed-time}. */
  static final Duration WINDOW = Duration.ofSeconds(30);

  private static final double NANOS = 1e9;

  private final OptionalLong bytesPerSecond;
  private final LongSupplier nanoTime;
  private int waiting;
  private long last;
  private long waited;
  private long bytes;

  /** Creates a floor; empty is none. */
  SpeedFloor(OptionalLong bytesPerSecond, LongSupplier nanoTime) {
    this.bytesPerSecond = bytesPerSecond;
    this.nanoTime = nanoTime;
  }

  /** A connection begins to wait for bytes. */
  synchronized void begin() {
    if (bytesPerSecond.isPresent()) {
      count();
      waiting++;
    }
  }

  /** A connection waits no more. */
  synchronized void end() {
    if (bytesPerSecond.isPresent()) {
      count();
      waiting--;
    }
  }

  /**
   * Bytes came, on any connection.
   *
   * @throws IOException if too few have come for a while
   */
  synchronized void arrived(int count) throws IOException {
    bytes += count;
    if (bytesPerSecond.isPresent() && waited >= WINDOW.toNanos()) {
      double rate = bytes / (waited / NANOS);
      waited = 0;
      bytes = 0;
      if (rate < bytesPerSecond.getAsLong()) {
        throw new IOException(
            "no more than %s bytes per second came for %s, and %s is the least"
                .formatted(
                    (long) rate,
                    GoDuration.format(WINDOW),
                    ByteSize.exact(bytesPerSecond.getAsLong())));
      }
    }
  }

  private void count() {
    long now = nanoTime.getAsLong();
    waited += waiting > 0 ? now - last : 0;
    last = now;
  }
}
