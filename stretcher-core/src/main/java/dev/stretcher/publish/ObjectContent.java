package dev.stretcher.publish;

import dev.stretcher.manifest.Digest;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What an object is to contain: bytes that can be read as often as needed, from any place on.
 * Immutable and thread-safe.
 *
 * <p>A file must not change before it is written; if it gets another length, reading it fails with
 * a {@link ContentChangedException}.
 */
public final class ObjectContent {
  private final Bytes bytes;
  private final Passage passage;
  private final long length;
  private final Digest sha256;
  private final String type;

  /** Opens bytes from one on. */
  @FunctionalInterface
  private interface Bytes {
    InputStream open(long first) throws IOException;
  }

  /** What bytes go through on their way to a server. */
  @FunctionalInterface
  interface Passage {
    /** They do not go anywhere, or as they are. */
    Passage NONE = (in, first) -> in;

    /** Returns the bytes, of which the first one is the one at {@code first}. */
    InputStream through(InputStream in, long first);
  }

  private ObjectContent(Bytes bytes, Passage passage, long length, Digest sha256, String type) {
    this.bytes = bytes;
    this.passage = passage;
    this.length = length;
    this.sha256 = sha256;
    this.type = type;
  }

  /**
   * Returns the content of a file, which is read for its digest.
   *
   * @param type the media type, such as {@code application/gzip}
   */
  public static ObjectContent of(Path file, String type) throws IOException {
    try (InputStream in = open(file, 0)) {
      ContentDigest digest = ContentDigest.of(in);
      return of(file, digest.length(), digest.sha256(), type);
    }
  }

  /**
   * Returns the content of a file that is known already.
   *
   * @param length how many bytes it has
   * @param sha256 their SHA-256
   * @param type the media type
   */
  public static ObjectContent of(Path file, long length, Digest sha256, String type) {
    if (sha256.algorithm() != Digest.Algorithm.SHA256) {
      throw new IllegalArgumentException(sha256 + " is no sha256");
    }
    return new ObjectContent(
        first -> new ExactInput(open(file, first), file, first, length),
        Passage.NONE,
        length,
        sha256,
        type);
  }

  /**
   * Returns a content in memory.
   *
   * @param type the media type
   */
  public static ObjectContent of(byte[] bytes, String type) {
    byte[] own = bytes.clone();
    return new ObjectContent(
        first -> {
          InputStream in = new ByteArrayInputStream(own);
          in.skipNBytes(first);
          return in;
        },
        Passage.NONE,
        own.length,
        ContentDigest.of(own).sha256(),
        type);
  }

  private static InputStream open(Path file, long first) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      channel.position(first);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return new BufferedInputStream(Channels.newInputStream(channel), 1 << 17);
  }

  /** Returns how many bytes it has. */
  public long length() {
    return length;
  }

  /** Returns their SHA-256. */
  public Digest sha256() {
    return sha256;
  }

  /** Returns the media type. */
  public String type() {
    return type;
  }

  /**
   * Opens the bytes.
   *
   * @param first the first one that is wanted, from 0
   * @return the bytes from there to the end, which the caller closes
   * @throws ContentChangedException while it is read, if it ends too early or too late
   */
  public InputStream open(long first) throws IOException {
    return passage.through(bytes.open(first), first);
  }

  /**
   * Returns the same content, whose progress no listener hears and no limit slows down: what is
   * read is not sent.
   */
  public ObjectContent unheard() {
    return by(Passage.NONE);
  }

  /** Returns the same content, each reading of which goes through something. */
  ObjectContent by(Passage way) {
    return new ObjectContent(bytes, way, length, sha256, type);
  }
}
