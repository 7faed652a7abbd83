package dev.stretcher.internal.decompress;

import dev.stretcher.internal.tar.ArchiveException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Frames of zstd without the zeros after the last one, which zstd(1) refuses. The last frame may
 * end with zeros of its own, so that the length of each frame is followed (RFC 8878, 3.1).
 */
final class ZstdFrames extends BulkInput {
  private static final long FRAME = 0xFD2FB528L;
  private static final long SKIPPABLE = 0x184D2A50L;
  private static final int REPEATED = 1;
  private static final int RESERVED = 3;
  private static final int BUFFER = 8192;

  private final InputStream in;

  /** The part that comes next, after {@code skip} bytes, and how much of it is in {@code value}. */
  private Part part = Part.MAGIC;

  private long skip;
  private long value;
  private int known;
  private boolean hasChecksum;

  /** A part that tells the length of what follows, and its own length. */
  private enum Part {
    MAGIC(4),
    SKIPPED_LENGTH(4),
    DESCRIPTOR(1),
    BLOCK(3),
    /** Nothing that is known, which is for the program to judge. */
    UNKNOWN(0);

    private final int length;

    Part(int length) {
      this.length = length;
    }
  }

  ZstdFrames(InputStream in) {
    this.in = in;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = in.read(target, offset, length);
    int end = offset + Math.max(count, 0);
    int zeros = follow(target, offset, end);
    if (zeros == end) {
      return count;
    }
    requireZeros(target, zeros, end);
    byte[] rest = new byte[BUFFER];
    for (int more = in.read(rest); more >= 0; more = in.read(rest)) {
      requireZeros(rest, 0, more);
    }
    return zeros > offset ? zeros - offset : -1;
  }

  private static void requireZeros(byte[] bytes, int from, int to) throws ArchiveException {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        throw ArchiveException.damaged(
            Compression.ZSTD.toString(), new EOFException("something else follows the last frame"));
      }
    }
  }

  /** Returns where a zero is in the place of a frame, or {@code to}. */
  private int follow(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && part != Part.UNKNOWN) {
      if (skip > 0) {
        int count = (int) Math.min(skip, to - at);
        skip -= count;
        at += count;
      } else if (part == Part.MAGIC && known == 0 && bytes[at] == 0) {
        return at;
      } else {
        value |= (bytes[at++] & 0xffL) << (8 * known++);
        if (known == part.length) {
          part = next((int) value);
          value = 0;
          known = 0;
        }
      }
    }
    return to;
  }

  private Part next(int bits) {
    if (part == Part.MAGIC) {
      boolean skippable = (value & ~0xfL) == SKIPPABLE;
      return value == FRAME ? Part.DESCRIPTOR : skippable ? Part.SKIPPED_LENGTH : Part.UNKNOWN;
    }
    if (part == Part.SKIPPED_LENGTH) {
      skip = value;
      return Part.MAGIC;
    }
    if (part == Part.DESCRIPTOR) {
      skip = restOfHeader(bits);
      hasChecksum = (bits & 4) != 0;
      return Part.BLOCK;
    }
    return nextBlock(bits);
  }

  private static int restOfHeader(int descriptor) {
    boolean single = (descriptor & 0x20) != 0;
    int dictionary = (1 << (descriptor & 3)) >> 1;
    int sizeFlag = descriptor >> 6;
    int size = sizeFlag > 0 ? 1 << sizeFlag : single ? 1 : 0;
    return (single ? 0 : 1) + dictionary + size;
  }

  private Part nextBlock(int header) {
    int type = header >> 1 & 3;
    if (type == RESERVED) {
      return Part.UNKNOWN;
    }
    boolean last = (header & 1) != 0;
    int content = type == REPEATED ? 1 : header >> 3;
    skip = last && hasChecksum ? content + 4L : content;
    return last ? Part.MAGIC : Part.BLOCK;
  }
}
