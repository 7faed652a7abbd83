package dev.stretcher.internal.deployed;

import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.internal.toc.Contents;
import dev.stretcher.internal.toc.Toc;
import dev.stretcher.internal.toc.TocEntries;
import dev.stretcher.manifest.Digest;
import dev.stretcher.option.Options;
import dev.stretcher.spi.SyncTarget.KnownContents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * The files of a table of contents, as a deploy has put them into dest. Immutable and thread-safe.
 * A file takes some 70 bytes, however long its path is.
 */
final class KnownFiles implements KnownContents {
  private static final int DIGEST = 32;

  private final PathTable paths;
  private final long[] sizes;
  private final long[] seconds;
  private final int[] nanos;
  private final byte[] digests;

  private KnownFiles(int count) {
    paths = new PathTable(count, UUID.randomUUID().getMostSignificantBits());
    sizes = new long[count];
    seconds = new long[count];
    nanos = new int[count];
    digests = new byte[count * DIGEST];
  }

  static KnownFiles of(Toc toc, Options limits) throws IOException, InterruptedException {
    KnownFiles files = new KnownFiles(toc.digests());
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
    int number = paths.find(path);
    return number != PathTable.NONE && sizes[number] == size && isTime(number, modified)
        ? Optional.of(
            new Digest(
                Digest.Algorithm.SHA256,
                HexFormat.of().formatHex(digests, number * DIGEST, (number + 1) * DIGEST)))
        : Optional.empty();
  }

  /** A file system with coarser times has no nanoseconds. */
  private boolean isTime(int number, Instant modified) {
    return seconds[number] == modified.getEpochSecond()
        && (nanos[number] == modified.getNano() || modified.getNano() == 0);
  }
}
