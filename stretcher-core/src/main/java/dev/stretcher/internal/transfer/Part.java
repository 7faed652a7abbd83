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
   * Creates one of which nothing is there yet.
   *
   * @param bytes where they go; null if there is nothing to be used again
   */
  Part(long offset, int length, byte @Nullable [] bytes) {
    this.offset = offset;
    this.length = length;
    this.bytes = bytes;
  }

  int length() {
    return length;
  }

  /**
   * Returns where the bytes go; there may be room for more than belong to it. If there was nothing
   * to be used again it is made now, by the thread that fetches the part: the others do not wait
   * for that, and too little memory is a failure of this part.
   */
  byte[] bytes() {
    if (bytes == null) {
      bytes = new byte[length];
    }
    return bytes;
  }

  ByteRange range() {
    return new ByteRange(offset, OptionalLong.of(offset + length - 1));
  }
}
