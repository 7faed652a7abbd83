package dev.stretcher.internal.toc;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;

/**
 * Contents of an archive that somebody wants, in their order: where in the tar each is, and what it
 * has to be. A content has a number, the first has 0. Sparse files are not among them, since the
 * tar does not have their holes. There may be many: each takes 56 bytes.
 */
public final class WantedContents {
  public static final int NONE = -1;

  private static final int FEW = 16;
  private static final int BLOCK = 512;

  private int count;
  private int[] entries = new int[FEW];
  private long[] positions = new long[FEW];
  private long[] sizes = new long[FEW];
  private byte[] digests = new byte[FEW * Toc.DIGEST];

  /**
   * Adds the content of the entry that was read last, which comes after those that were added.
   *
   * @param entry the number of the entry, that of the first being 1
   * @param size the bytes of the content
   * @param read has read the entry
   */
  public void add(int entry, long size, TocEntries read) {
    if (count == entries.length) {
      int more = 2 * count;
      entries = Arrays.copyOf(entries, more);
      positions = Arrays.copyOf(positions, more);
      sizes = Arrays.copyOf(sizes, more);
      digests = Arrays.copyOf(digests, more * Toc.DIGEST);
    }
    entries[count] = entry;
    positions[count] = read.contentPosition();
    sizes[count] = size;
    read.digest(digests, count * Toc.DIGEST);
    count++;
  }

  /** Returns how many there are. */
  public int count() {
    return count;
  }

  /** Returns the number of the entry that has a content. */
  public int entry(int content) {
    return entries[content];
  }

  /** Returns where in the tar a content begins. */
  public long position(int content) {
    return positions[content];
  }

  /** Returns how many bytes a content has. */
  public long size(int content) {
    return sizes[content];
  }

  /** Returns where in the tar the blocks of a content end. */
  public long end(int content) {
    return positions[content] + (sizes[content] + BLOCK - 1) / BLOCK * BLOCK;
  }

  /** Tells whether a content has to have this SHA-256. */
  public boolean isDigestOf(int content, byte[] sha256) {
    return isDigestOf(content, sha256, 0);
  }

  private boolean isDigestOf(int content, byte[] all, int offset) {
    int start = content * Toc.DIGEST;
    return Arrays.equals(
        digests, start, start + Toc.DIGEST, all, offset, Math.addExact(offset, Toc.DIGEST));
  }

  /** Returns the number of the content that begins at a place of the tar, or {@link #NONE}. */
  public int at(long position) {
    return Math.max(Arrays.binarySearch(positions, 0, count, position), NONE);
  }

  /** Returns an index of all that were added. */
  public ByDigest byDigest() {
    return new ByDigest();
  }

  /** Finds contents by their digests. */
  public final class ByDigest {
    // No archive can know it, so that none can be made of digests that meet.
    private final long seed = UUID.randomUUID().getMostSignificantBits();

    /** Numbers + 1 of contents of different digests; 0 is free. */
    private final int[] slots = new int[Integer.highestOneBit(count | FEW) * 4];

    /** For each content the number + 1 of the next one of the same digest. */
    private final int[] others = new int[count];

    private ByDigest() {
      for (int content = count - 1; content >= 0; content--) {
        int slot = slot(digests, content * Toc.DIGEST);
        others[content] = slots[slot];
        slots[slot] = content + 1;
      }
    }

    private int slot(byte[] all, int offset) {
      long hash = (ByteBuffer.wrap(all).getLong(offset) ^ seed) * 0x9E3779B97F4A7C15L;
      int slot = (int) (hash >>> 32) & slots.length - 1;
      while (slots[slot] != 0 && !isDigestOf(slots[slot] - 1, all, offset)) {
        slot = slot + 1 & slots.length - 1;
      }
      return slot;
    }

    /**
     * Returns the first content that has a digest, or {@link #NONE}.
     *
     * @param all has the 32 bytes of the digest from {@code offset} on
     */
    public int first(byte[] all, int offset) {
      return slots[slot(all, offset)] - 1;
    }

    /** Returns the next content with the digest of this one, or {@link #NONE}. */
    public int next(int content) {
      return others[content] - 1;
    }
  }
}
