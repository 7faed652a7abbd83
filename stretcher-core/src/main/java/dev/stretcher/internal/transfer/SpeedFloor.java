package dev.stretcher.internal.transfer;

import dev.stretcher.option.Settings;
import dev.stretcher.text.ByteSize;
import dev.stretcher.text.GoDuration;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * The least rate that a server has to send or to take at, all connections together. A server that
 * sends a byte now and then never stalls, and would keep a deploy from ending.
 *
 * <p>Only the time counts in which a connection waits for the server: neither a limit of the rate
 * nor a disk that is slow here lets a server look slow. A pause is not slow, but a matter of {@link
 * StallWatch}: of each wait, the first seconds count. Thread-safe.
 */
public final class SpeedFloor {
  /** Over which time the rate is measured, as curl's {@code --speed-time}. */
  static final Duration WINDOW = Duration.ofSeconds(30);

  /** How much of one wait counts. */
  static final Duration PAUSE = Duration.ofSeconds(5);

  private static final double NANOS = 1e9;

  private final OptionalLong bytesPerSecond;
  private final LongSupplier nanoTime;
  private final String done;
  private int waiting;
  private long last;
  private long waited;
  private long bytes;
  private boolean full;

  /** Creates a floor; empty is none. */
  SpeedFloor(OptionalLong bytesPerSecond, LongSupplier nanoTime) {
    this(bytesPerSecond, nanoTime, "came");
  }

  private SpeedFloor(OptionalLong bytesPerSecond, LongSupplier nanoTime, String done) {
    this.bytesPerSecond = bytesPerSecond;
    this.nanoTime = nanoTime;
    this.done = done;
  }

  /** Forgets what was measured: another attempt begins. */
  synchronized void reset() {
    waited = 0;
    bytes = 0;
    full = false;
  }

  /**
   * Returns the floor for an object. No server sends a local file, which may be a pipe; and where
   * we ask for less than the floor, half of that is enough.
   */
  static SpeedFloor of(URI uri, TransferSettings settings, LongSupplier nanoTime) {
    return new SpeedFloor(least(uri, settings.lowSpeed(), settings.bytesPerSecond()), nanoTime);
  }

  /**
   * Returns the floor for an object that is sent to a server.
   *
   * @param lowSpeed the least bytes per second; empty is none
   * @param ours how many we send at most; empty is no limit
   */
  public static SpeedFloor ofSending(
      URI uri, OptionalLong lowSpeed, OptionalLong ours, LongSupplier nanoTime) {
    return new SpeedFloor(least(uri, lowSpeed, ours), nanoTime, "were taken");
  }

  private static OptionalLong least(URI uri, OptionalLong lowSpeed, OptionalLong ours) {
    return lowSpeed.isEmpty() || "file".equalsIgnoreCase(uri.getScheme())
        ? OptionalLong.empty()
        : OptionalLong.of(Math.min(lowSpeed.getAsLong(), ours.orElse(Long.MAX_VALUE) / 2));
  }

  /** A connection begins to wait for an answer, for bytes, or for a server that takes some. */
  public synchronized void begin() {
    if (bytesPerSecond.isPresent()) {
      count();
      waiting++;
    }
  }

  /** A connection waits no more. */
  public synchronized void end() {
    if (bytesPerSecond.isPresent()) {
      count();
      waiting--;
    }
  }

  /**
   * Bytes came, or were taken, on any connection. When the time is over, the next ones decide, so
   * that the last bytes of an object are never too slow.
   *
   * @throws IOException if too few have come for a while
   */
  public synchronized void arrived(int count) throws IOException {
    bytes += count;
    if (full) {
      double rate = bytes / (waited / NANOS);
      reset();
      if (rate < bytesPerSecond.getAsLong()) {
        throw new IOException(
            "only %s per second %s for %s, and %s is the least; see why, or lower %s"
                .formatted(
                    bytes(rate),
                    done,
                    GoDuration.format(WINDOW),
                    ByteSize.exact(bytesPerSecond.getAsLong()),
                    Settings.LOW_SPEED.mention()));
      }
    }
    full = waited >= WINDOW.toNanos();
  }

  /** Rounds down, so that a rate below the least one does not look like that one. */
  private static String bytes(double rate) {
    if (rate < 1) {
      return "less than 1 byte";
    }
    return (long) rate == 1 ? "1 byte" : (long) rate + " bytes";
  }

  private void count() {
    long now = nanoTime.getAsLong();
    waited += waiting > 0 ? Math.min(now - last, PAUSE.toNanos()) : 0;
    last = now;
  }
}
