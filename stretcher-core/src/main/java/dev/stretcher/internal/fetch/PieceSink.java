package dev.stretcher.internal.fetch;

import dev.stretcher.internal.decompress.Decompressor;
import dev.stretcher.internal.decompress.Decompressors;
import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.internal.transfer.FetchSink;
import dev.stretcher.option.Options;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Takes the ranges of an archive, decompresses the pieces in them, and writes what these hold to
 * its place in the spool file. Used by one thread.
 */
final class PieceSink implements FetchSink {
  /** More than a member may have: it is in memory until it is decompressed. */
  private static final long MOST = 16 << 20;

  private final Pieces pieces;
  private final Spool spool;
  private final Options limits;
  private final ProgressMeter meter;
  private int piece;
  private int range;
  private long position;
  private ByteBuffer collected = ByteBuffer.allocate(0);

  /** Where the spool file comes from. */
  @FunctionalInterface
  interface Spool {
    /** Returns the file, with room for so many bytes more. */
    SpoolFile with(long bytes) throws IOException;
  }

  PieceSink(Pieces pieces, Spool spool, Options limits, ProgressMeter meter) {
    this.pieces = pieces;
    this.spool = spool;
    this.limits = limits;
    this.meter = meter;
  }

  @Override
  public void begin(Optional<Path> file, OptionalLong length) throws IOException {
    spool.with(pieces.tarBytes());
    piece = 0;
    range = 0;
    position = pieces.ranges().get(0).first();
    next();
  }

  private void next() throws IOException {
    if (piece == pieces.pieces().size()) {
      return;
    }
    long length = pieces.pieces().get(piece).length();
    if (length > MOST) {
      throw ArchiveException.of(
          "it has a member of %s bytes, expected at most %s; build it by stretcher pack"
              .formatted(length, MOST));
    }
    collected =
        collected.capacity() >= length
            ? collected.clear().limit((int) length)
            : ByteBuffer.allocate((int) length);
  }

  @Override
  public void write(ByteBuffer chunk) throws IOException {
    meter.add(chunk.remaining());
    while (chunk.hasRemaining()) {
      long end = pieces.ranges().get(range).last().orElseThrow() + 1;
      int count = (int) Math.min(chunk.remaining(), end - position);
      take(chunk.slice(chunk.position(), count));
      chunk.position(chunk.position() + count);
      if (position == end && ++range < pieces.ranges().size()) {
        position = pieces.ranges().get(range).first();
      }
    }
  }

  /** Takes bytes of one range, which ends with a piece; those between pieces are not needed. */
  private void take(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      boolean before = position < current().offset();
      long end = before ? current().offset() : current().end();
      int count = (int) Math.min(bytes.remaining(), end - position);
      if (!before) {
        collected.put(bytes.slice(bytes.position(), count));
      }
      bytes.position(bytes.position() + count);
      position += count;
      if (!before && position == end) {
        unpack(current());
        piece++;
        next();
      }
    }
  }

  private Pieces.Piece current() {
    return pieces.pieces().get(piece);
  }

  private void unpack(Pieces.Piece done) throws IOException {
    InputStream in = new ByteArrayInputStream(collected.array(), 0, collected.limit());
    SpoolFile file = spool.with(0);
    byte[] buffer = new byte[64 << 10];
    long made = 0;
    try (Decompressor tar = Decompressor.open(in, Decompressors.JAVA, limits)) {
      for (int n = tar.read(buffer, 0, buffer.length);
          n >= 0;
          n = tar.read(buffer, 0, buffer.length)) {
        if (made + n > done.tarLength()) {
          throw lies(done);
        }
        file.write(ByteBuffer.wrap(buffer, 0, n), done.tarOffset() + made);
        made += n;
      }
    }
    if (made != done.tarLength()) {
      throw lies(done);
    }
  }

  private static ArchiveException lies(Pieces.Piece piece) {
    return ArchiveException.of(
        "its members from byte %s on do not hold %s bytes, as its table of contents says"
            .formatted(piece.offset(), piece.tarLength()));
  }
}
