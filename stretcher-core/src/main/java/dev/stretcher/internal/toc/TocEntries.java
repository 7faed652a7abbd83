package dev.stretcher.internal.toc;

import dev.stretcher.internal.tar.Entries;
import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.internal.tar.TarReader;
import dev.stretcher.manifest.Digest;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.spi.EntryType;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The entries of an archive as its table of contents has them, with the contents that are there.
 * They come from the reader of tars, with all its checks.
 *
 * <p>A sparse file whose map is in a content that is not there has a map without parts.
 */
public final class TocEntries implements Entries, Closeable {
  private final Options limits;
  private final TocTar tar;
  private final TarReader reader;
  private final BodyInput digests;
  private final byte[] digest = new byte[Toc.DIGEST];
  private long digestsLeft;
  private long count;
  private @Nullable TarEntry current;
  private @Nullable ContentCheck check;

  /**
   * Opens a table of contents for one pass.
   *
   * @param contents read by whoever asks for content, {@link Contents#NONE} if nobody does
   */
  public TocEntries(Toc toc, Contents contents, Options limits) throws TocException {
    this.limits = limits;
    this.tar = new TocTar(toc, contents);
    this.reader = new TarReader(tar, limits);
    this.digests = toc.openDigests();
    this.digestsLeft = toc.digests();
  }

  /**
   * {@inheritDoc}
   *
   * @throws TocException if the table of contents lies
   */
  @Override
  public @Nullable TarEntry next() throws IOException, InterruptedException {
    check = null;
    current = reader.next();
    if (current == null) {
      requireEnd();
      return null;
    }
    if (++count > limits.get(Settings.MAX_ENTRIES)) {
      throw new TocException("has one entry too many, " + limits.exceeded(Settings.MAX_ENTRIES));
    }
    if (hasDigest(current)) {
      readDigest(current);
    }
    return current;
  }

  private void readDigest(TarEntry entry) throws TocException {
    if (digestsLeft-- == 0) {
      throw new TocException("has fewer digests than contents");
    }
    digests.read(digest);
    if (entry.stored() == 0) {
      // There is nothing to read, at the end of which it would be found out.
      new ContentCheck(entry, digest).update(ByteBuffer.allocate(0));
    }
  }

  private void requireEnd() throws IOException, InterruptedException {
    tar.requireEnd();
    if (digestsLeft > 0) {
      throw new TocException("has more digests than contents");
    }
  }

  @Override
  public ByteBuffer content(long max) throws IOException, InterruptedException {
    ByteBuffer chunk = reader.content(max);
    if (current != null && hasDigest(current)) {
      if (check == null) {
        check = new ContentCheck(current, digest);
      }
      check.update(chunk.duplicate());
    }
    return chunk;
  }

  @Override
  public Optional<Digest> digest() {
    return current != null && hasDigest(current)
        ? Optional.of(new Digest(Digest.Algorithm.SHA256, HexFormat.of().formatHex(digest)))
        : Optional.empty();
  }

  /** Puts the 32 bytes of {@link #digest} into {@code target}; tells whether there are any. */
  public boolean digest(byte[] target) {
    return digest(target, 0);
  }

  boolean digest(byte[] target, int offset) {
    boolean has = current != null && hasDigest(current);
    if (has) {
      System.arraycopy(digest, 0, target, offset, digest.length);
    }
    return has;
  }

  /** Returns where in the tar the current entry's content begins, with its map if one is there. */
  public long contentPosition() {
    return tar.contentPosition();
  }

  /**
   * Returns how many bytes of the tar from {@link #contentPosition} on that is, in whole blocks.
   */
  public long contentLength() {
    return tar.contentLength();
  }

  private static boolean hasDigest(TarEntry entry) {
    return entry.type() == EntryType.FILE && entry.size() > 0;
  }

  @Override
  public void finish() {
    // There is nothing after the last entry that was not read with it.
  }

  @Override
  public void close() {
    tar.close();
    digests.close();
  }
}
