package dev.stretcher.internal.transfer;

import dev.stretcher.spi.ByteRange;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongToIntFunction;
import org.jspecify.annotations.Nullable;

/** A part of an object while it is fetched. Its state belongs to the {@link PartQueue}. */
final class Part {
  private final long offset;
  private final int length;
  private byte @Nullable [] bytes;
  int filled;
  @Nullable IOException failure;

  /**
   * Creates a part of which no byte has arrived yet.
   *
   * @param bytes a buffer to use again, if it is large enough; null if there is none
   */
  Part(long offset, int length, byte @Nullable [] bytes) {
    this.offset = offset;
    this.length = length;
    this.bytes = bytes != null && bytes.length >= length ? bytes : null;
  }

  /** The parts of ranges, in their order. Used by one thread at a time. */
  static final class Plan {
    private final Iterator<ByteRange> ranges;
    private final int most;
    private final int parts;
    private long next;
    private long end;

    private Plan(List<ByteRange> ranges, int most) {
      this.ranges = ranges.iterator();
      this.most = most;
      long count = 0;
      for (ByteRange range : ranges) {
        count += (bytes(range) + most - 1) / most;
      }
      this.parts = (int) Math.min(Integer.MAX_VALUE, count);
    }

    /**
     * Plans parts.
     *
     * @param most returns how many bytes of so many in all are one part
     */
    static Plan of(List<ByteRange> ranges, LongToIntFunction most) {
      long sum = 0;
      for (ByteRange range : ranges) {
        sum += bytes(range);
      }
      return new Plan(ranges, most.applyAsInt(sum));
    }

    private static long bytes(ByteRange range) {
      return range.last().orElseThrow() - range.first() + 1;
    }

    /** Returns how many parts there are in all. */
    int parts() {
      return parts;
    }

    boolean hasNext() {
      return next < end || ranges.hasNext();
    }

    /** Returns the next part, in the buffer if that is large enough. */
    Part next(byte @Nullable [] buffer) {
      if (next == end) {
        ByteRange range = ranges.next();
        next = range.first();
        end = range.last().orElseThrow() + 1;
      }
      int length = (int) Math.min(most, end - next);
      next += length;
      return new Part(next - length, length, buffer);
    }
  }

  long offset() {
    return offset;
  }

  int length() {
    return length;
  }

  /**
   * Returns the buffer, which may be larger than the part. If there was none to use again, the
   * thread that fetches the part makes it now: the other threads do not wait for that, and too
   * little memory is a failure of this part.
   */
  byte[] bytes() {
    if (bytes == null) {
      bytes = new byte[length];
    }
    return bytes;
  }

  /** Returns what has not arrived yet. */
  ByteRange range() {
    return new ByteRange(offset + filled, OptionalLong.of(offset + length - 1));
  }
}
