package dev.stretcher.internal.toc;

import dev.stretcher.internal.tar.BlockInput;
import dev.stretcher.manifest.Digest;
import java.nio.ByteBuffer;

/**
 * A table of contents. Immutable and thread-safe.
 *
 * <p>Takes its own bytes, and some 3 for each entry. The headers and the digests are inflated anew
 * for each pass over them, by {@link TocEntries}.
 */
public final class Toc {
  /** The bytes before the compressed body. */
  static final int HEADER = 16;

  static final int VERSION = 1;
  static final int DIGEST = 32;

  /** More blocks than any archive has, but few enough that their bytes can be counted. */
  static final long MOST_BLOCKS = Long.MAX_VALUE / BlockInput.BLOCK;

  private final ByteBuffer bytes;
  private final Digest digest;
  private final Codec codec;
  private final Members members;
  private final Runs runs;
  private final int digests;
  private final long digestsAt;

  Toc(
      ByteBuffer bytes,
      Digest digest,
      Codec codec,
      Members members,
      Runs runs,
      int digests,
      long digestsAt) {
    this.bytes = bytes;
    this.digest = digest;
    this.codec = codec;
    this.members = members;
    this.runs = runs;
    this.digests = digests;
    this.digestsAt = digestsAt;
  }

  /** Returns its bytes, which have {@link #digest}; not to be written to. */
  public ByteBuffer bytes() {
    return bytes.asReadOnlyBuffer();
  }

  /** Returns the SHA-256 of its bytes, as a manifest names it. */
  public Digest digest() {
    return digest;
  }

  /** Returns what the members are compressed with. */
  public Codec codec() {
    return codec;
  }

  /** Returns where the members are. */
  public Members members() {
    return members;
  }

  /** Returns the bytes of the tar. */
  public long tarLength() {
    return members.tarOffset(members.count());
  }

  /** Returns the bytes of all members, which is where in the archive the table of contents is. */
  public long dataLength() {
    return members.offset(members.count());
  }

  Runs runs() {
    return runs;
  }

  /** Returns how many contents have a digest: all that are not empty. */
  public int digests() {
    return digests;
  }

  /** Opens the body where the digests are. */
  BodyInput openDigests() throws TocException {
    return open(digestsAt);
  }

  /** Opens the body where the header blocks are. */
  BodyInput openHeaders() throws TocException {
    return open(digestsAt + (long) digests * DIGEST);
  }

  private BodyInput open(long position) throws TocException {
    BodyInput body = new BodyInput(bytes.duplicate().position(HEADER));
    body.skip(position);
    return body;
  }
}
