package dev.stretcher.internal.fetch;

import dev.stretcher.internal.toc.Members;
import dev.stretcher.spi.ByteRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;

/**
 * The members of an archive that are fetched: in ranges that are joined where the gap is small, and
 * in pieces of members that follow each other, which are decompressed at once. Immutable.
 *
 * @param pieces in their order
 * @param ranges in their order; each piece is in one of them
 */
record Pieces(List<Piece> pieces, List<ByteRange> ranges) {
  /** A gap that costs less than another request. */
  private static final long GAP = 64 << 10;

  /** What is decompressed at once, unless one member is larger. */
  private static final long TOGETHER = 1 << 20;

  /**
   * Members one behind the other.
   *
   * @param offset where in the archive they begin
   * @param length their bytes there
   * @param tarOffset where in the tar that begins which they hold
   * @param tarLength the bytes that they hold
   */
  record Piece(long offset, long length, long tarOffset, long tarLength) {
    long end() {
      return offset + length;
    }

    private Piece with(Piece next) {
      return new Piece(offset, length + next.length, tarOffset, tarLength + next.tarLength);
    }
  }

  static Pieces of(Members members, BitSet needed) {
    List<Piece> pieces = new ArrayList<>();
    List<ByteRange> ranges = new ArrayList<>();
    for (int i = needed.nextSetBit(0); i >= 0; i = needed.nextSetBit(i + 1)) {
      Piece piece =
          new Piece(
              members.offset(i),
              members.offset(i + 1) - members.offset(i),
              members.tarOffset(i),
              members.tarOffset(i + 1) - members.tarOffset(i));
      addPiece(pieces, piece);
      addRange(ranges, piece);
    }
    return new Pieces(List.copyOf(pieces), List.copyOf(ranges));
  }

  private static void addPiece(List<Piece> pieces, Piece next) {
    int last = pieces.size() - 1;
    boolean together =
        last >= 0
            && pieces.get(last).end() == next.offset()
            && pieces.get(last).length() + next.length() <= TOGETHER;
    if (together) {
      pieces.set(last, pieces.get(last).with(next));
    } else {
      pieces.add(next);
    }
  }

  private static void addRange(List<ByteRange> ranges, Piece next) {
    int last = ranges.size() - 1;
    boolean joined = last >= 0 && next.offset() - end(ranges.get(last)) <= GAP;
    long first = joined ? ranges.get(last).first() : next.offset();
    ByteRange range = new ByteRange(first, OptionalLong.of(next.end() - 1));
    if (joined) {
      ranges.set(last, range);
    } else {
      ranges.add(range);
    }
  }

  private static long end(ByteRange range) {
    return range.last().orElseThrow() + 1;
  }

  /** Returns how many bytes are fetched. */
  long bytes() {
    long sum = 0;
    for (ByteRange range : ranges) {
      sum += end(range) - range.first();
    }
    return sum;
  }

  /** Returns how many bytes of the tar the pieces hold. */
  long tarBytes() {
    long sum = 0;
    for (Piece piece : pieces) {
      sum += piece.tarLength();
    }
    return sum;
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }
}
