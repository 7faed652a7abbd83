package dev.stretcher.internal.transfer;

import dev.stretcher.spi.ByteRange;
import java.io.IOException;
import java.util.OptionalLong;
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
   * @param bytes a buffer to use again; null if there is none
   */
  Part(long offset, int length, byte @Nullable [] bytes) {
    this.offset = offset;
    this.length = length;
    this.bytes = bytes;
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
