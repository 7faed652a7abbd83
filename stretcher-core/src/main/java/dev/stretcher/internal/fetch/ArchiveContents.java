package dev.stretcher.internal.fetch;

import dev.stretcher.internal.tar.Entries;
import dev.stretcher.report.StretcherException.BadArchive;
import dev.stretcher.spi.ContentFilter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * What the stages after the fetch know of an archive: its entries in their order and the contents
 * of those that they need, whether it comes whole or in pieces.
 *
 * <p>They belong to one beginning of the fetch. If the fetch starts over, perhaps with another
 * content, {@link FetchedArchive#contents} has new ones, and whoever reads these is told by a
 * {@link StartedOverException}. Thread-safe; {@link FetchedArchive} says who calls what.
 */
public interface ArchiveContents {
  /**
   * Has all entries read, and waits for what has not arrived.
   *
   * @param needed says whose contents {@code reading} is going to ask for; others may be missing
   * @throws StartedOverException if the fetch starts over
   * @throws dev.stretcher.internal.tar.ArchiveException if the archive is bad
   * @throws ChangedArchiveException if it is not, or no longer, what was verified
   */
  <T> T read(ContentFilter needed, Entries.Reading<T> reading)
      throws IOException, InterruptedException;

  /**
   * Has entries read once more, for contents that were left out before.
   *
   * @param numbers which entries' contents {@code reading} is going to ask for; the first entry is
   *     number 1. It may stop after the last of them
   */
  <T> T readSome(Set<Integer> numbers, Entries.Reading<T> reading)
      throws IOException, InterruptedException;

  /** Says that the archive is bad: a fetch of these contents that might never end may give up. */
  void refuse(BadArchive reason);

  /** Tells whether the fetch has started over, so that what was read counts for nothing. */
  boolean hasStartedOver();

  /** Tells whether the archive is no longer what was verified. */
  boolean hasChanged();

  /** Returns the file that has the archive, for people to read. */
  Path file();
}
