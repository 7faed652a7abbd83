package dev.stretcher.internal.transfer;

import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.Content;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides which part of an object comes next, and over how many connections.
 *
 * <p>First it asks for a beginning, which for a small object is the whole. Of a large one, several
 * connections fetch the rest, unless one alone was so fast that more of them would not help. A JVM
 * that has just started is slow itself, so that a rate in between is measured once more.
 *
 * <p>Used by one thread.
 */
final class Stretches {
  private static final int FIRST_BYTES = 4 << 20;
  private static final int SECOND_BYTES = 16 << 20;
  private static final double FAST_BYTES_PER_NANO = 0.1;
  private static final double UNCLEAR_BYTES_PER_NANO = 0.04;

  private final RemoteObject object;
  private final Connections connections;
  private boolean canContinue = true;
  private boolean canRange = true;
  private boolean plain;
  private boolean unusable;
  private boolean parallel;
  private long start;
  private long round;
  private boolean measuredTwice;
  private double bytesPerNano;

  Stretches(RemoteObject object, Connections connections) {
    this.object = object;
    this.connections = connections;
  }

  /** Something to open. */
  @FunctionalInterface
  interface Next {
    Content open() throws IOException, InterruptedException;
  }

  /**
   * Returns the beginning, or the stretch behind the bytes that have arrived, if they are known.
   */
  Next first(long received, Optional<String> validator) {
    parallel = false;
    long from = canRange && validator.isPresent() ? received : 0;
    OptionalLong last =
        connections.allowed() > 1 && canContinue && canRange
            ? OptionalLong.of(from + FIRST_BYTES - 1)
            : OptionalLong.empty();
    return () -> open(new ByteRange(from, last), from > 0 ? validator : Optional.empty());
  }

  private Content open(ByteRange range, Optional<String> validator)
      throws IOException, InterruptedException {
    plain = range.isAll();
    start = range.first();
    return object.open(range, validator);
  }

  /**
   * An attempt failed. The next one asks the server for less, if that may be the reason: over one
   * connection if several brought next to nothing, and without ranges if these cannot be used.
   *
   * @param received how many bytes have arrived
   * @return whether there is a way that has not been tried yet
   */
  boolean failed(IOException cause, long received) {
    if (cause instanceof OtherVersionException) {
      // Perhaps of several servers behind one name, which one request does not mix.
      connections.one();
      return false;
    }
    if (parallel && received < round) {
      connections.limit(cause, 1);
      connections.tell();
      return true;
    }
    connections.tell();
    if (!plain && canRange && cause instanceof UnusableRangeException) {
      // That may pass, and a beginning is not thrown away for less than two of them.
      canRange = received > 0 && !unusable;
      unusable = true;
      return true;
    }
    return false;
  }

  /**
   * The next attempt is the last one. With nothing to lose it sends the plain request that curl
   * sends: some servers, proxies and firewalls drop or never answer one with a range.
   */
  void comesToLast(long received) {
    canRange &= received > 0;
  }

  /**
   * The last attempt failed. Only a plain request from the start is left, if nothing came of the
   * range.
   *
   * @return whether that has not been tried yet
   */
  boolean giveUpRanges(long received) {
    if (plain || !canRange || received == 0 || received > start) {
      return false;
    }
    canRange = false;
    return true;
  }

  /** Tells whether the next attempt may go on behind what has arrived. */
  boolean asksForRanges() {
    return canRange;
  }

  /** How long a stretch took. */
  void measured(long bytes, long nanos) {
    bytesPerNano = (double) bytes / Math.max(1, nanos);
  }

  /** Returns the stretch after a content that was read to its end; empty if there is none. */
  Optional<Next> after(Content content, long received) throws IOException {
    OptionalLong total = content.totalLength();
    if (content.range().last().isEmpty() || (total.isPresent() && received >= total.getAsLong())) {
      return Optional.empty();
    }
    if (plain) {
      throw new UnusableRangeException("a part of it came, though all of it was asked for");
    }
    if (content.validator().isEmpty() || total.isEmpty()) {
      // Nothing proves that the rest would be of the same object, or says how much it is.
      canContinue = false;
      return Optional.of(first(0, Optional.empty()));
    }
    return Optional.of(rest(received, total.getAsLong(), content.validator().get()));
  }

  private Next rest(long from, long end, String validator) {
    if (bytesPerNano > FAST_BYTES_PER_NANO || connections.allowed() == 1) {
      return () -> open(ByteRange.from(from), Optional.of(validator));
    }
    if (bytesPerNano > UNCLEAR_BYTES_PER_NANO && !measuredTwice) {
      measuredTwice = true;
      OptionalLong last = OptionalLong.of(Math.min(end, from + SECOND_BYTES) - 1);
      return () -> open(new ByteRange(from, last), Optional.of(validator));
    }
    parallel = true;
    plain = false;
    start = from;
    round = from + ParallelInput.roundBytes(end - from, connections.allowed());
    return () ->
        new Content(
            ParallelInput.start(object, from, end, validator, connections),
            ByteRange.from(from),
            OptionalLong.of(end),
            Optional.of(validator),
            Optional.empty());
  }
}
