package dev.stretcher.internal.fetch;

import dev.stretcher.internal.transfer.Transfer;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.Content;
import java.io.IOException;
import java.util.Optional;

/**
 * Fetches pieces of an archive that turn out to be needed after the fetch, or all of it if there is
 * no other way. Used by the thread that needs them.
 *
 * @param from where the pieces come from
 */
record LateFetch(
    ArchiveFetch fetch, Manifest.Archive described, FetchedArchive archive, TocFetch.Origin from)
    implements TocContents.PieceFetch {
  @Override
  public Optional<ArchiveContents> fetch(Pieces pieces) throws IOException, InterruptedException {
    try {
      boolean all = fetch.transfer(described, archive, transfer -> isAllFetched(transfer, pieces));
      return all ? Optional.of(verified()) : Optional.empty();
    } catch (StretcherException e) {
      throw new ArchiveContents.UnavailableException(e);
    }
  }

  /** Fetches; tells whether that was the whole archive. */
  private boolean isAllFetched(Transfer transfer, Pieces pieces)
      throws IOException, InterruptedException {
    Optional<Content> whole;
    try {
      whole = transfer.ranges(pieces.ranges(), from.total(), from.version(), archive.sink(pieces));
      if (whole.isEmpty()) {
        return false;
      }
    } catch (IOException e) {
      fetch.warn(TocFetch.mendable(e).orElseThrow(() -> e));
      whole = Optional.empty();
    }
    if (whole.isPresent()) {
      transfer.rest(whole.get(), archive);
    } else {
      transfer.all(archive);
    }
    return true;
  }

  private ArchiveContents verified() throws StretcherException, InterruptedException {
    archive.complete();
    archive.verify();
    return archive.contents();
  }
}
