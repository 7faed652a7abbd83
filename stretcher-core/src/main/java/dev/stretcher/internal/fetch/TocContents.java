package dev.stretcher.internal.fetch;

import dev.stretcher.internal.tar.Entries;
import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.internal.toc.Contents;
import dev.stretcher.internal.toc.Sha256;
import dev.stretcher.internal.toc.Toc;
import dev.stretcher.internal.toc.TocEntries;
import dev.stretcher.internal.toc.WantedContents;
import dev.stretcher.option.Options;
import dev.stretcher.report.StretcherException.BadArchive;
import dev.stretcher.spi.ContentFilter;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
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
  private final DestCopies copies;
  private @Nullable ArchiveContents whole;

  /**
   * Creates contents of which only those are verified that were copied.
   *
   * @param spool has these, and the members that the survey has found besides
   * @param asked what the survey asked
   * @param copies what dest had of it
   * @param fetch fetches what is needed besides
   */
  TocContents(
      Toc toc,
      Options limits,
      SpoolFile spool,
      ContentFilter asked,
      Survey survey,
      DestCopies copies,
      PieceFetch fetch) {
    this.toc = toc;
    this.limits = limits;
    this.fetch = fetch;
    this.spool = spool;
    this.asked = asked;
    this.survey = survey;
    this.copies = copies;
    verified.or(copies.entries());
    arrived(missing(survey));
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

  private BitSet missing(Survey needed) {
    BitSet missing = needed.members(copies::isThere);
    missing.andNot(members);
    return missing;
  }

  private void arrived(BitSet arrived) {
    members.or(arrived);
    // A content that was copied may lie in a member that others needed, too.
    WantedContents wanted = survey.wanted();
    for (int i = 0; i < wanted.count() && !arrived.isEmpty(); i++) {
      int next = arrived.nextSetBit(toc.members().at(wanted.position(i)));
      if (next >= 0 && next <= toc.members().at(wanted.end(i) - 1)) {
        verified.clear(wanted.entry(i));
      }
    }
  }

  /**
   * Verifies what the survey has found.
   *
   * @throws dev.stretcher.internal.toc.TocException if a content is not what it should be
   */
  void verify() throws IOException, InterruptedException {
    verify(survey);
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
    BitSet missing = missing(needed);
    if (!missing.isEmpty()) {
      whole = fetch.fetch(Pieces.of(toc.members(), missing)).orElse(null);
      arrived(missing);
    }
    if (whole == null) {
      verify(needed);
    }
  }

  private void verify(Survey needed) throws IOException, InterruptedException {
    BitSet unverified = (BitSet) needed.entries().clone();
    unverified.andNot(verified);
    WantedContents wanted = needed.wanted();
    try (FileChannel file = FileChannel.open(spool.opened())) {
      Spooled contents = new Spooled(file);
      for (int i = 0; i < wanted.count(); i++) {
        if (unverified.get(wanted.entry(i)) && isVerified(wanted, i, contents)) {
          unverified.clear(wanted.entry(i));
        }
      }
    }
    if (!unverified.isEmpty()) {
      readAll(unverified);
    }
    verified.or(needed.entries());
  }

  private static boolean isVerified(WantedContents wanted, int content, Spooled in)
      throws IOException {
    MessageDigest sha256 = Sha256.digest();
    long end = wanted.position(content) + wanted.size(content);
    for (long at = wanted.position(content); at < end; ) {
      ByteBuffer chunk = in.read(at, (int) Math.min(end - at, Integer.MAX_VALUE));
      at += chunk.remaining();
      sha256.update(chunk);
    }
    return wanted.isDigestOf(content, sha256.digest());
  }

  /**
   * Reads contents by their entries, which compares their digests: those of sparse files, and one
   * that is wrong and has to be named.
   */
  private void readAll(BitSet numbers) throws IOException, InterruptedException {
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
  }

  private static void readAll(TarEntry entry, Entries entries)
      throws IOException, InterruptedException {
    for (long left = entry.stored(); left > 0; ) {
      left -= entries.content(left).remaining();
    }
  }

  private <T> T entries(Entries.Reading<T> reading) throws IOException, InterruptedException {
    try (FileChannel file = FileChannel.open(spool.opened())) {
      Spooled contents = new Spooled(file);
      if (survey.kept().isComplete()) {
        return reading.from(survey.kept().pass(contents));
      }
      try (TocEntries entries = new TocEntries(toc, contents, limits)) {
        return reading.from(entries);
      }
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
      return members.nextClearBit(first) > last || copies.isThere(position);
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
