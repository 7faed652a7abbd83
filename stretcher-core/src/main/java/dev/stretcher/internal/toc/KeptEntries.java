package dev.stretcher.internal.toc;

import dev.stretcher.internal.tar.Entries;
import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.manifest.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one pass over a table of contents, kept for the next one: to inflate and parse the
 * headers takes longer than what is done with most of them. Not for archives with many entries,
 * which would take too much memory, and not for those with sparse files, whose maps may be in their
 * contents.
 */
public final class KeptEntries {
  /** They take some 500 bytes each. */
  private static final int MOST = 30_000;

  private final List<Kept> entries = new ArrayList<>();
  private boolean complete = true;

  /**
   * An entry.
   *
   * @param position where in the tar its content is
   */
  private record Kept(TarEntry entry, long position, Optional<Digest> digest) {}

  /**
   * Keeps an entry, unless there are too many.
   *
   * @param read has read it last
   */
  public void add(TarEntry entry, TocEntries read, Optional<Digest> digest) {
    if (complete && entries.size() < MOST && entry.sparse().isEmpty()) {
      entries.add(new Kept(entry, read.contentPosition(), digest));
    } else {
      complete = false;
      entries.clear();
    }
  }

  /** Tells whether all entries were kept. */
  public boolean isComplete() {
    return complete;
  }

  /**
   * Goes over the entries.
   *
   * @param contents has those that are going to be asked for
   */
  public Entries pass(Contents contents) {
    return new Pass(contents);
  }

  /** Goes over the entries once. */
  private final class Pass implements Entries {
    private final Contents contents;
    private int next;
    private long position;
    private @Nullable Kept current;
    private @Nullable ContentCheck check;

    Pass(Contents contents) {
      this.contents = contents;
    }

    @Override
    public @Nullable TarEntry next() {
      check = null;
      current = next < entries.size() ? entries.get(next++) : null;
      if (current == null) {
        return null;
      }
      position = current.position();
      return current.entry();
    }

    @Override
    public ByteBuffer content(long max) throws IOException, InterruptedException {
      ByteBuffer chunk = contents.read(position, (int) Math.min(max, Integer.MAX_VALUE));
      position += chunk.remaining();
      if (check == null) {
        check = check();
      }
      check.update(chunk.duplicate());
      return chunk;
    }

    private ContentCheck check() {
      if (current == null || current.digest().isEmpty()) {
        throw new IllegalStateException("no content");
      }
      return new ContentCheck(
          current.entry(), HexFormat.of().parseHex(current.digest().get().hex()));
    }

    @Override
    public Optional<Digest> digest() {
      return current == null ? Optional.empty() : current.digest();
    }

    @Override
    public void finish() {
      // All was read by the first pass.
    }
  }
}
