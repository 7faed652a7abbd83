package dev.stretcher.internal.fetch;

import dev.stretcher.internal.tar.Entries;
import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.BadArchive;
import dev.stretcher.spi.ContentFilter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * The archive as the stages after the fetch see it: its entries in their order and the contents
 * that they need, whether the archive arrives whole or in pieces.
 *
 * <p>The contents belong to one beginning of the fetch. If the fetch starts over, perhaps with
 * another content, {@link FetchedArchive#contents} returns new ones, and readers of the old ones
 * get a {@link StartedOverException}. Thread-safe; {@link FetchedArchive} says who calls what.
 */
public interface ArchiveContents {
  /** Contents that had to be fetched later could not be. */
  final class UnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    private final StretcherException reason;

    UnavailableException(StretcherException reason) {
      super(reason.getMessage(), reason);
      this.reason = reason;
    }

    /** Returns why, in an operator's words. */
    public StretcherException reason() {
      return reason;
    }
  }

  /** A local archive is no longer the one that was verified. */
  final class ChangedException extends IOException {
    public static final String REMEDY = "give each version of an archive a name of its own";
    private static final long serialVersionUID = 1L;

    ChangedException(Exception cause) {
      super("the archive was changed while it was deployed; " + REMEDY, cause);
    }
  }

  /** What reads entries. */
  @FunctionalInterface
  interface Reading<T> {
    /**
     * Reads.
     *
     * @param needed tells the entries whose contents are there
     */
    T from(Entries entries, ContentFilter needed) throws IOException, InterruptedException;
  }

  /**
   * Lets {@code reading} read all entries; reads wait for bytes that have not arrived.
   *
   * @param needed tells the entries whose contents {@code reading} is going to ask for; other
   *     contents may be missing
   * @throws StartedOverException if the fetch starts over
   * @throws dev.stretcher.internal.tar.ArchiveException if the archive is bad
   * @throws ChangedException if the archive is not, or is no longer, the verified one
   */
  <T> T read(ContentFilter needed, Reading<T> reading) throws IOException, InterruptedException;

  /**
   * Lets {@code reading} read entries once more, for contents that were left out before.
   *
   * @param numbers the entries whose contents {@code reading} is going to ask for, the first entry
   *     of the archive being 1; reading may stop after the last of them
   */
  <T> T readSome(Set<Integer> numbers, Entries.Reading<T> reading)
      throws IOException, InterruptedException;

  /**
   * Says that the archive is bad, so that a fetch of these contents that might never end can give
   * up.
   */
  void refuse(BadArchive reason);

  /** Tells whether the fetch has started over, so that everything that was read is void. */
  boolean hasStartedOver();

  /** Tells whether the archive is no longer the verified one. */
  boolean hasChanged();

  /** Returns the file that has the archive, for people to read. */
  Path file();
}
