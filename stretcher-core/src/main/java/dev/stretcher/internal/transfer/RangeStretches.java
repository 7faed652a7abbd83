package dev.stretcher.internal.transfer;

import dev.stretcher.internal.transfer.Transfer.OtherVersionException;
import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.Content;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Fetches ranges of an object over several connections, one request each, and hands them out as if
 * they were one object. An attempt that fails is followed by one for what has not arrived. Used by
 * one thread.
 */
final class RangeStretches implements Pass.Way {
  private final RemoteObject object;
  private final Connections connections;
  private final List<ByteRange> ranges;
  private final long length;
  private final Optional<String> version;
  private final long total;
  private long begun;

  RangeStretches(
      RemoteObject object,
      Connections connections,
      List<ByteRange> ranges,
      long length,
      Optional<String> version) {
    this.object = object;
    this.connections = connections;
    this.ranges = List.copyOf(ranges);
    this.length = length;
    this.version = version;
    this.total = bytes(ranges);
  }

  private static long bytes(List<ByteRange> ranges) {
    long sum = 0;
    for (ByteRange range : ranges) {
      sum += bytes(range);
    }
    return sum;
  }

  private static long bytes(ByteRange range) {
    return range.last().orElseThrow() - range.first() + 1;
  }

  @Override
  public Pass.Next first(long received, Optional<String> known) {
    begun = received;
    return () ->
        new Content(
            ParallelInput.ofRanges(object, behind(received), length, version, connections),
            ByteRange.from(received),
            OptionalLong.of(total),
            version,
            Optional.empty());
  }

  /** Returns the ranges without their first bytes. */
  private List<ByteRange> behind(long received) {
    List<ByteRange> left = new ArrayList<>();
    long skip = received;
    for (ByteRange range : ranges) {
      if (skip < bytes(range)) {
        left.add(new ByteRange(range.first() + skip, range.last()));
      }
      skip -= Math.min(skip, bytes(range));
    }
    return left;
  }

  @Override
  public Optional<Pass.Next> after(Content content, long received) {
    return Optional.empty();
  }

  @Override
  public boolean isFinal(IOException failure) {
    return failure instanceof UnusableRangeException || failure instanceof OtherVersionException;
  }

  @Override
  public boolean failed(IOException cause, long received) {
    boolean several = connections.allowed() > 1 && ranges.size() > 1;
    if (several && received == begun) {
      connections.limit(cause, 1);
      connections.tell();
      return true;
    }
    connections.tell();
    return false;
  }

  @Override
  public boolean asksForRanges() {
    return true;
  }

  @Override
  public void measured(long bytes, long nanos) {
    // One pass fetches all of them.
  }
}
