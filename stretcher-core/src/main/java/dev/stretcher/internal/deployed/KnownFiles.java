package dev.stretcher.internal.deployed;

import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.internal.toc.Contents;
import dev.stretcher.internal.toc.Toc;
import dev.stretcher.internal.toc.TocEntries;
import dev.stretcher.manifest.Digest;
import dev.stretcher.option.Options;
import dev.stretcher.spi.SyncTarget.KnownContents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * The files of a table of contents, as a deploy has put them into dest. Immutable and thread-safe.
 * A file takes some 70 bytes, however long its path is.
 */
public final class KnownFiles implements KnownContents, FilesByContent {
  private static final int DIGEST = 32;

  private final Path dest;
  private final Toc toc;
  private final Options limits;
  private final PathTable paths;
  private final long[] sizes;
  private final long[] seconds;
  private final int[] nanos;
  private final byte[] digests;

  private KnownFiles(Path dest, Toc toc, Options limits) {
    int count = toc.digests();
    this.dest = dest;
    this.toc = toc;
    this.limits = limits;
    paths = new PathTable(count, UUID.randomUUID().getMostSignificantBits());
    sizes = new long[count];
    seconds = new long[count];
    nanos = new int[count];
    digests = new byte[count * DIGEST];
  }

  /**
   * Learns the files.
   *
   * @param dest its real path
   * @param toc what was deployed there
   */
  static KnownFiles of(Path dest, Toc toc, Options limits)
      throws IOException, InterruptedException {
    KnownFiles files = new KnownFiles(dest, toc, limits);
    byte[] digest = new byte[DIGEST];
    try (TocEntries entries = new TocEntries(toc, Contents.NONE, limits)) {
      for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
        if (entries.digest(digest)) {
          files.add(entry, digest);
        }
      }
    }
    return files;
  }

  /** A later entry of the same path takes the place of an earlier one. */
  private void add(TarEntry entry, byte[] digest) {
    int number = paths.add(entry.path());
    sizes[number] = entry.size();
    Instant modified = entry.modified();
    seconds[number] = modified.getEpochSecond();
    nanos[number] = modified.getNano();
    System.arraycopy(digest, 0, digests, number * DIGEST, DIGEST);
  }

  @Override
  public Optional<Digest> digest(Path path, long size, Instant modified) {
    int number = unchanged(path, size, modified);
    return number == PathTable.NONE
        ? Optional.empty()
        : Optional.of(
            new Digest(
                Digest.Algorithm.SHA256,
                HexFormat.of().formatHex(digests, number * DIGEST, (number + 1) * DIGEST)));
  }

  /** Returns the number of a file that is as it was deployed, or {@link PathTable#NONE}. */
  private int unchanged(Path path, long size, Instant modified) {
    int number = paths.find(path);
    return number != PathTable.NONE && sizes[number] == size && isTime(number, modified)
        ? number
        : PathTable.NONE;
  }

  /** A file system with coarser times has no nanoseconds. */
  private boolean isTime(int number, Instant modified) {
    return seconds[number] == modified.getEpochSecond()
        && (nanos[number] == modified.getNano() || modified.getNano() == 0);
  }

  @Override
  public void find(Search search) throws IOException, InterruptedException {
    if (!isAny(search)) {
      return;
    }
    // The paths are not kept, but are needed only now.
    byte[] digest = new byte[DIGEST];
    try (TocEntries entries = new TocEntries(toc, Contents.NONE, limits)) {
      for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
        if (entries.digest(digest) && search.isFor(digest, 0) && isThere(entry.path(), digest)) {
          search.found(digest, dest.resolve(entry.path()));
        }
      }
    }
  }

  private boolean isAny(Search search) {
    for (int number = 0; number < paths.size(); number++) {
      if (search.isFor(digests, number * DIGEST)) {
        return true;
      }
    }
    return false;
  }

  /** Tells whether a file is as it was deployed, in dest itself and not behind a link. */
  private boolean isThere(Path path, byte[] digest) {
    Path file = dest.resolve(path);
    try {
      BasicFileAttributes there =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      int number = unchanged(path, there.size(), there.lastModifiedTime().toInstant());
      return there.isRegularFile()
          && number != PathTable.NONE
          && Arrays.equals(
              digests, number * DIGEST, (number + 1) * DIGEST, digest, 0, digest.length)
          && file.toRealPath().equals(file);
    } catch (IOException e) {
      // What cannot be looked at cannot be copied.
      return false;
    }
  }
}
