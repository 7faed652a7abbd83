package dev.stretcher.internal.fetch;

import dev.stretcher.internal.deployed.FilesByContent;
import dev.stretcher.internal.toc.Sha256;
import dev.stretcher.internal.toc.WantedContents;
import dev.stretcher.internal.transfer.SinkException;
import dev.stretcher.process.Interrupts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.Optional;

/**
 * The contents that are needed and that dest has under other names. They are copied to their place
 * of the tar in the spool file, unless they are only counted, and are verified while they are
 * copied: what turns out to be another content is fetched. Used by the fetching thread.
 */
final class DestCopies implements FilesByContent.Search {
  private final WantedContents wanted;
  private final WantedContents.ByDigest index;
  private final Optional<PieceSink.Spool> spool;
  private final BitSet found = new BitSet();
  private final ByteBuffer buffer = ByteBuffer.allocate(64 << 10);

  private DestCopies(WantedContents wanted, Optional<PieceSink.Spool> spool) {
    this.wanted = wanted;
    this.index = wanted.byDigest();
    this.spool = spool;
  }

  /** Copies what dest has of some contents. */
  static DestCopies of(WantedContents wanted, PieceSink.Spool spool, FilesByContent files)
      throws IOException, InterruptedException {
    return new DestCopies(wanted, Optional.of(spool)).look(files);
  }

  /** Counts what dest seems to have of some contents, of which none is read. */
  static DestCopies counted(WantedContents wanted, FilesByContent files)
      throws IOException, InterruptedException {
    return new DestCopies(wanted, Optional.empty()).look(files);
  }

  private DestCopies look(FilesByContent files) throws IOException, InterruptedException {
    if (wanted.count() > 0) {
      files.find(this);
    }
    return this;
  }

  /** Returns how many contents dest has. */
  int count() {
    return found.cardinality();
  }

  /** Returns the numbers of the entries whose contents are in the spool file now. */
  BitSet entries() {
    BitSet entries = new BitSet();
    if (spool.isPresent()) {
      found.stream().map(wanted::entry).forEach(entries::set);
    }
    return entries;
  }

  /** Tells whether the content that begins at a place of the tar is in the spool file now. */
  boolean isThere(long position) {
    int content = wanted.at(position);
    return spool.isPresent() && content != WantedContents.NONE && found.get(content);
  }

  @Override
  public boolean isFor(byte[] digests, int offset) {
    for (int i = index.first(digests, offset); i != WantedContents.NONE; i = index.next(i)) {
      if (!found.get(i)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void found(byte[] digest, Path file) throws IOException, InterruptedException {
    for (int i = index.first(digest, 0); i != WantedContents.NONE; i = index.next(i)) {
      Interrupts.requireNone();
      if (!found.get(i)) {
        found.set(i, spool.isEmpty() || isCopied(file, i, spool.get()));
      }
    }
  }

  private boolean isCopied(Path file, int content, PieceSink.Spool target) throws IOException {
    try (FileChannel in =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      return isCopied(in, content, target);
    } catch (SinkException e) {
      throw e;
    } catch (IOException e) {
      // What cannot be read is fetched.
      return false;
    }
  }

  private boolean isCopied(FileChannel in, int content, PieceSink.Spool target) throws IOException {
    MessageDigest sha256 = Sha256.digest();
    long size = wanted.size(content);
    long done = 0;
    while (in.read(buffer.clear()) > 0) {
      buffer.flip();
      int count = buffer.remaining();
      if (done + count > size) {
        return false;
      }
      sha256.update(buffer.duplicate());
      write(target, size - done, wanted.position(content) + done);
      done += count;
    }
    return done == size && wanted.isDigestOf(content, sha256.digest());
  }

  private void write(PieceSink.Spool target, long left, long position) throws SinkException {
    try {
      target.with(left).write(buffer, position);
    } catch (IOException e) {
      throw new SinkException(e);
    }
  }
}
