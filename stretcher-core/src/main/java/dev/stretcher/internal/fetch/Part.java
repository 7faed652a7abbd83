package dev.stretcher.internal.fetch;

import dev.stretcher.spi.ByteRange;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A part of an object while it is fetched. Its state belongs to the {@link PartQueue}. */
final class Part {
  private final long offset;
  private final int length;
  private final byte[] bytes;
  int filled;
  @Nullable IOException failure;

  Part(long offset, int length, byte[] bytes) {
    this.offset = offset;
    this.length = length;
    this.bytes = bytes;
  }

  int length() {
    return length;
  }

  /** Returns where the bytes go; there may be room for more than belong to it. */
  byte[] bytes() {
    return bytes;
  }

  ByteRange range() {
    return new ByteRange(offset, OptionalLong.of(offset + length - 1));
  }
}
