package dev.stretcher.internal.transfer;

import dev.stretcher.internal.transfer.Transfer.OtherVersionException;
import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.Content;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Decides which part of an object comes next, and over how many connections.
 *
 * <p>First it asks for a beginning, which for a small object is the whole. Of a large one, several
 * connections fetch the rest, unless one alone was so fast that more of them would not help. A JVM
 * that has just started is slow itself, so that a rate in between is measured once more.
 *
 * <p>Used by one thread.
 */
final class Stretches implements Pass.Way {
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
  private @Nullable Content begun;

  Stretches(RemoteObject object, Connections connections) {
    this(object, connections, null);
  }

  /**
   * Creates the stretches of an object that has been opened.
   *
   * @param begun the object from its first byte on
   */
  Stretches(RemoteObject object, Connections connections, @Nullable Content begun) {
    this.object = object;
    this.connections = connections;
    this.begun = begun;
  }

  @Override
  public Pass.Next first(long received, Optional<String> validator) {
    parallel = false;
    Content opened = begun;
    if (opened != null) {
      begun = null;
      plain = true;
      return () -> opened;
    }
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
   */
  @Override
  public boolean failed(IOException cause, long received) {
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

  @Override
  public boolean isFinal(IOException failure) {
    return false;
  }

  /**
   * The next attempt is the last one. With nothing to lose it sends the plain request that curl
   * sends: some servers, proxies and firewalls drop or never answer one with a range.
   */
  @Override
  public void comesToLast(long received) {
    canRange &= received > 0;
  }

  /**
   * The last attempt failed. Only a plain request from the start is left, if nothing came of the
   * range.
   */
  @Override
  public boolean giveUpRanges(long received) {
    if (plain || !canRange || received == 0 || received > start) {
      return false;
    }
    canRange = false;
    return true;
  }

  @Override
  public boolean asksForRanges() {
    return canRange;
  }

  @Override
  public void measured(long bytes, long nanos) {
    bytesPerNano = (double) bytes / Math.max(1, nanos);
  }

  @Override
  public Optional<Pass.Next> after(Content content, long received) throws IOException {
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

  private Pass.Next rest(long from, long end, String validator) {
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
