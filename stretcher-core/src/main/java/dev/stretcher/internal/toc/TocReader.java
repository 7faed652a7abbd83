package dev.stretcher.internal.toc;

import dev.stretcher.internal.tar.BlockInput;
import dev.stretcher.manifest.Digest;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Reads a table of contents: verifies its digest before anything else, and then that what it says
 * of members, runs and digests adds up. Whether the headers do too, {@link TocEntries} finds out.
 */
public final class TocReader {
  /** The bytes that a tar may have for each entry, beside the content. */
  private static final int HEADERS = 1024;

  /** The bytes that anything may inflate to, whatever the ratio. */
  private static final long FREE = 100_000_000;

  /** The bytes of a tar that members have at least, on an average, where files are large. */
  private static final long PIECE = 1 << 20;

  static final byte[] MAGIC = {'S', 'T', 'O', 'C'};

  private final ByteBuffer bytes;
  private final Options limits;

  private TocReader(ByteBuffer bytes, Options limits) {
    this.bytes = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    this.limits = limits;
  }

  /**
   * Reads a table of contents.
   *
   * @param bytes all of it; kept, so that nobody may write to them any more. Where memory is short
   *     they are best not in the heap
   * @param expected its SHA-256
   * @param offset where in the archive it begins, see {@link Footer#offset}
   * @param limits those that the archive has to keep
   * @throws TocException if it is of no use
   */
  public static Toc read(ByteBuffer bytes, Digest expected, long offset, Options limits)
      throws TocException {
    Toc toc = alone(bytes, expected, limits);
    if (toc.dataLength() != offset) {
      throw new TocException(
          "has members of %s bytes in all, but comes after %s bytes"
              .formatted(toc.dataLength(), offset));
    }
    return toc;
  }

  /**
   * Reads a table of contents that is there without its archive.
   *
   * @throws TocException if it is of no use
   */
  public static Toc alone(ByteBuffer bytes, Digest expected, Options limits) throws TocException {
    Digest digest = digest(bytes);
    if (!digest.equals(expected)) {
      throw new TocException("has the digest %s, expected %s".formatted(digest, expected));
    }
    return new TocReader(bytes.slice(), limits).read(digest);
  }

  /**
   * Reads the table of contents of an archive that is there, whatever its digest.
   *
   * @return empty if the archive has none
   */
  public static Optional<Toc> ofArchive(FileChannel archive, Options limits) throws IOException {
    return found(archive, Optional.empty(), limits);
  }

  /**
   * Reads the table of contents of an archive that is there.
   *
   * @return empty if the archive has none
   */
  public static Optional<Toc> ofArchive(FileChannel archive, Digest expected, Options limits)
      throws IOException {
    return found(archive, Optional.of(expected), limits);
  }

  private static Optional<Toc> found(FileChannel archive, Optional<Digest> expected, Options limits)
      throws IOException {
    long length = archive.size();
    ByteBuffer end = last(archive, Math.min(length, Footer.LONGEST), length);
    Optional<Footer> footer = Footer.find(end, length);
    if (footer.isEmpty()) {
      return Optional.empty();
    }
    Footer found = footer.get();
    ByteBuffer tail = last(archive, found.tailLength(), length);
    ByteBuffer bytes = found.toc(tail);
    return Optional.of(
        read(bytes, expected.orElseGet(() -> digest(bytes)), found.offset(), limits));
  }

  private static ByteBuffer last(FileChannel archive, long count, long length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocateDirect((int) count);
    long position = length - count;
    while (bytes.hasRemaining()) {
      int read = archive.read(bytes, position + bytes.position());
      if (read < 0) {
        throw new EOFException("the archive became shorter");
      }
    }
    return bytes.flip();
  }

  /** Returns the SHA-256 of a table of contents. */
  public static Digest digest(ByteBuffer bytes) {
    MessageDigest sha256 = Sha256.digest();
    sha256.update(bytes.duplicate());
    return new Digest(Digest.Algorithm.SHA256, HexFormat.of().formatHex(sha256.digest()));
  }

  private Toc read(Digest digest) throws TocException {
    Codec codec = codec();
    long length = bytes.getLong(8);
    if (length < 0 || length > FREE && length / limits.get(Settings.MAX_RATIO) > bytes.limit()) {
      throw new TocException(
          "says that its %s bytes inflate to %s, a ratio of %s"
              .formatted(bytes.limit(), length, limits.exceeded(Settings.MAX_RATIO)));
    }
    try (BodyInput body = new BodyInput(bytes.duplicate().position(Toc.HEADER))) {
      long entries = limits.get(Settings.MAX_ENTRIES);
      Members members = Members.read(body, sum(entries, mostBytes() / PIECE));
      Runs runs = Runs.read(body, sum(entries, 1));
      long digests = body.number();
      requireBody(length, body.consumed(), digests, runs);
      Toc toc = new Toc(bytes, digest, codec, members, runs, (int) digests, body.consumed());
      requireTar(toc);
      return toc;
    }
  }

  private Codec codec() throws TocException {
    if (bytes.limit() < Toc.HEADER) {
      throw new TocException("is cut: it has %s bytes".formatted(bytes.limit()));
    }
    for (int i = 0; i < MAGIC.length; i++) {
      if (bytes.get(i) != MAGIC[i]) {
        throw new TocException("does not begin with STOC");
      }
    }
    int version = bytes.get(4) & 0xff;
    if (version != Toc.VERSION || bytes.getShort(6) != 0) {
      throw new TocException(
          "is of version %s, expected %s, which is all that this Stretcher knows"
              .formatted(version, Toc.VERSION));
    }
    int id = bytes.get(5) & 0xff;
    for (Codec codec : Codec.values()) {
      if (codec.id() == id) {
        return codec;
      }
    }
    throw new TocException("names the unknown compression " + id);
  }

  private void requireBody(long length, long consumed, long digests, Runs runs)
      throws TocException {
    if (digests > limits.get(Settings.MAX_ENTRIES)) {
      throw new TocException(
          "has %s digests; its archive has %s"
              .formatted(digests, limits.exceeded(Settings.MAX_ENTRIES)));
    }
    long rest = length - consumed - digests * Toc.DIGEST;
    if (rest % BlockInput.BLOCK != 0 || rest / BlockInput.BLOCK != runs.headerBlocks()) {
      throw new TocException(
          "says that its body has %s bytes, which do not fit its %s digests and %s header blocks"
              .formatted(length, digests, runs.headerBlocks()));
    }
  }

  private void requireTar(Toc toc) throws TocException {
    long blocks = toc.runs().headerBlocks() + toc.runs().contentBlocks();
    if (blocks > Toc.MOST_BLOCKS || toc.tarLength() != blocks * BlockInput.BLOCK) {
      throw new TocException(
          "has members with %s bytes of tar, but runs of %s blocks"
              .formatted(toc.tarLength(), blocks));
    }
    if (toc.tarLength() > mostBytes()) {
      throw new TocException(
          "is of a tar of %s bytes; unpacked it has %s"
              .formatted(toc.tarLength(), limits.exceeded(Settings.MAX_UNPACKED)));
    }
    if (toc.tarLength() > FREE
        && toc.tarLength() / limits.get(Settings.MAX_RATIO) > toc.dataLength()) {
      throw new TocException(
          "is of an archive that unpacks to %s bytes from %s, a ratio of %s"
              .formatted(toc.tarLength(), toc.dataLength(), limits.exceeded(Settings.MAX_RATIO)));
    }
  }

  private long mostBytes() {
    long entries = limits.get(Settings.MAX_ENTRIES);
    long headers = entries > Long.MAX_VALUE / HEADERS ? Long.MAX_VALUE : entries * HEADERS;
    return sum(limits.get(Settings.MAX_UNPACKED), headers);
  }

  private static long sum(long one, long other) {
    return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
  }
}
