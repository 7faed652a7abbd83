package dev.stretcher.internal.fetch;

import dev.stretcher.internal.tar.Entries;
import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.internal.toc.Contents;
import dev.stretcher.internal.toc.Toc;
import dev.stretcher.internal.toc.TocEntries;
import dev.stretcher.option.Options;
import dev.stretcher.report.StretcherException.BadArchive;
import dev.stretcher.spi.ContentFilter;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Contents of an archive that is fetched by its table of contents: what was needed is at its place
 * of the tar in a sparse spool file, and the rest is fetched when it is asked for. Each content was
 * verified before anyone reads it.
 *
 * <p>The fetching thread makes it and hands it over complete; after that, one thread reads at a
 * time.
 */
final class TocContents implements ArchiveContents {
  private final Toc toc;
  private final Options limits;
  private final PieceFetch fetch;
  private final SpoolFile spool;
  private final BitSet members = new BitSet();
  private final BitSet verified = new BitSet();
  private final ContentFilter asked;
  private final Survey survey;
  private @Nullable ArchiveContents whole;

  /**
   * Creates contents of which none is verified yet.
   *
   * @param spool has the members that the survey has found
   * @param asked what the survey asked
   * @param fetch fetches what is needed besides
   */
  TocContents(
      Toc toc,
      Options limits,
      SpoolFile spool,
      ContentFilter asked,
      Survey survey,
      PieceFetch fetch) {
    this.toc = toc;
    this.limits = limits;
    this.fetch = fetch;
    this.spool = spool;
    this.asked = asked;
    this.survey = survey;
    members.or(survey.members());
  }

  /** Fetches pieces of the archive into the spool file, in whatever thread needs them. */
  @FunctionalInterface
  interface PieceFetch {
    /**
     * Fetches pieces.
     *
     * @return the whole archive, verified, if that was fetched instead: the spool file has nothing
     *     else then
     */
    Optional<ArchiveContents> fetch(Pieces pieces) throws IOException, InterruptedException;
  }

  /**
   * Verifies what the survey has found.
   *
   * @throws dev.stretcher.internal.toc.TocException if a content is not what it should be
   */
  void verify() throws IOException, InterruptedException {
    verify(survey.entries());
  }

  @Override
  public <T> T read(ContentFilter needed, Reading<T> reading)
      throws IOException, InterruptedException {
    if (whole == null) {
      Survey found = needed == asked ? survey : Survey.of(toc, limits, needed, ContentFilter.ALL);
      require(found);
      if (whole == null) {
        return entries(entries -> reading.from(entries, found.filter(needed)));
      }
    }
    return whole.read(needed, reading);
  }

  @Override
  public <T> T readSome(Set<Integer> numbers, Entries.Reading<T> reading)
      throws IOException, InterruptedException {
    if (whole == null) {
      require(Survey.ofNumbers(toc, limits, numbers));
    }
    return whole == null ? entries(reading) : whole.readSome(numbers, reading);
  }

  private void require(Survey needed) throws IOException, InterruptedException {
    BitSet missing = (BitSet) needed.members().clone();
    missing.andNot(members);
    if (!missing.isEmpty()) {
      whole = fetch.fetch(Pieces.of(toc.members(), missing)).orElse(null);
      members.or(missing);
    }
    if (whole != null) {
      return;
    }
    BitSet unverified = (BitSet) needed.entries().clone();
    unverified.andNot(verified);
    if (!unverified.isEmpty()) {
      verify(unverified);
    }
  }

  /** Reads contents, which compares their digests. */
  private void verify(BitSet numbers) throws IOException, InterruptedException {
    entries(
        entries -> {
          int number = 0;
          int last = numbers.length() - 1;
          while (number < last) {
            TarEntry entry = entries.next();
            number++;
            if (entry != null && numbers.get(number)) {
              readAll(entry, entries);
            }
          }
          return numbers;
        });
    verified.or(numbers);
  }

  private static void readAll(TarEntry entry, Entries entries)
      throws IOException, InterruptedException {
    for (long left = entry.stored(); left > 0; ) {
      left -= entries.content(left).remaining();
    }
  }

  private <T> T entries(Entries.Reading<T> reading) throws IOException, InterruptedException {
    try (FileChannel file = FileChannel.open(spool.opened());
        TocEntries entries = new TocEntries(toc, new Spooled(file), limits)) {
      return reading.from(entries);
    }
  }

  /** What is in the spool file, as far as it has been fetched. */
  private final class Spooled implements Contents {
    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocate(64 << 10);

    Spooled(FileChannel file) {
      this.file = file;
    }

    @Override
    public boolean has(long position, long length) {
      if (length == 0) {
        return true;
      }
      int first = toc.members().at(position);
      int last = toc.members().at(position + length - 1);
      return members.nextClearBit(first) > last;
    }

    @Override
    public ByteBuffer read(long position, int max) throws IOException {
      buffer.clear().limit(Math.min(max, buffer.capacity()));
      if (file.read(buffer, position) <= 0) {
        throw new EOFException("the spool file has become shorter");
      }
      return buffer.flip();
    }
  }

  @Override
  public void refuse(BadArchive reason) {
    // All that is needed has arrived.
  }

  @Override
  public boolean hasStartedOver() {
    return false;
  }

  @Override
  public boolean hasChanged() {
    return false;
  }

  @Override
  public Path file() {
    return spool.path();
  }

  /** Returns the table of contents. */
  Toc toc() {
    return toc;
  }
}
