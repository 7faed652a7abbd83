package dev.stretcher.internal.fetch;

import dev.stretcher.internal.decompress.DecompressorException;
import dev.stretcher.internal.engine.Reason;
import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.internal.toc.Footer;
import dev.stretcher.internal.toc.Toc;
import dev.stretcher.internal.toc.TocException;
import dev.stretcher.internal.toc.TocReader;
import dev.stretcher.internal.transfer.FetchSink;
import dev.stretcher.internal.transfer.SinkException;
import dev.stretcher.internal.transfer.Transfer;
import dev.stretcher.internal.transfer.Transfer.OtherVersionException;
import dev.stretcher.internal.transfer.UnusableRangeException;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The fetch of an archive by its table of contents: first that, from the end of the archive, and
 * then the contents that dest lacks. Whatever stands in the way of that, and not in the way of a
 * fetch of all, leads to one. Used by the fetching thread.
 */
final class TocFetch {
  /** Has the footer, and the table of contents of an archive with some thousand entries. */
  private static final int END = 256 << 10;

  private final ArchiveFetch fetch;
  private final Manifest.Archive described;
  private final FetchedArchive archive;
  private final ByToc byToc;
  private final Transfer transfer;

  TocFetch(
      ArchiveFetch fetch,
      Manifest.Archive described,
      FetchedArchive archive,
      ByToc byToc,
      Transfer transfer) {
    this.fetch = fetch;
    this.described = described;
    this.archive = archive;
    this.byToc = byToc;
    this.transfer = transfer;
  }

  /** Fetches what is needed, or all; {@code archive} has got it then. */
  ArchiveFetch.Fetched run() throws IOException, InterruptedException {
    Outcome outcome;
    try {
      Transfer.End end = transfer.end(END);
      outcome =
          end instanceof Transfer.End.Bytes bytes
              ? byEnd(bytes)
              : end instanceof Transfer.End.Whole all ? Outcome.whole(all.content()) : Outcome.ALL;
    } catch (IOException e) {
      fetch.warn(mendable(e).orElseThrow(() -> e));
      if (isLie(cause(e))) {
        archive.doubtToc();
      }
      outcome = Outcome.ALL;
    }
    if (outcome.done().isPresent()) {
      return outcome.done().get();
    }
    Transfer.Result all =
        outcome.whole().isPresent()
            ? transfer.rest(outcome.whole().get(), archive)
            : transfer.all(archive);
    return new ArchiveFetch.Fetched(all.bytes(), Optional.empty());
  }

  /**
   * What came of the table of contents.
   *
   * @param done what was fetched by it
   * @param whole all of the archive, which was answered instead of a part; if there is none either,
   *     all is still to be fetched
   */
  private record Outcome(Optional<ArchiveFetch.Fetched> done, Optional<Content> whole) {
    static final Outcome ALL = new Outcome(Optional.empty(), Optional.empty());

    static Outcome whole(Content content) {
      return new Outcome(Optional.empty(), Optional.of(content));
    }
  }

  /**
   * Where pieces come from.
   *
   * @param total the bytes of the archive
   * @param version that of the archive, if it is known
   */
  record Origin(long total, Optional<String> version) {}

  private Outcome byEnd(Transfer.End.Bytes end) throws IOException, InterruptedException {
    Origin from = new Origin(end.first() + end.bytes().length, end.version());
    Optional<Footer> footer = Footer.find(ByteBuffer.wrap(end.bytes()), from.total());
    if (footer.isEmpty()) {
      fetch.warn("the archive has no table of contents, though the manifest names one");
      return Outcome.ALL;
    }
    ByteBuffer tail = tail(end, (int) footer.get().tailLength());
    long missing = tail.remaining();
    if (missing > 0) {
      ByteRange rest = new ByteRange(footer.get().offset(), OptionalLong.of(end.first() - 1));
      Optional<Content> whole =
          transfer.ranges(List.of(rest), from.total(), from.version(), new InMemory(tail));
      if (whole.isPresent()) {
        return Outcome.whole(whole.get());
      }
    }
    Toc toc =
        TocReader.read(
            footer.get().toc(tail.clear()), byToc.toc(), footer.get().offset(), fetch.options());
    return byToc(toc, from, end.bytes().length + missing, missing > 0 ? 2 : 1);
  }

  /**
   * Fetches what is needed, unless that is so much that all of it may as well come at once.
   *
   * @param before the bytes that have been fetched, in {@code requests} requests
   */
  private Outcome byToc(Toc toc, Origin from, long before, int requests)
      throws IOException, InterruptedException {
    byToc.known().accept(toc);
    Survey survey = Survey.of(toc, fetch.options(), byToc.needed(), byToc.fetched());
    DestCopies copies =
        byToc.isForPlan()
            ? DestCopies.counted(survey.planned(), byToc.files())
            : DestCopies.of(survey.wanted(), archive::spoolOf, byToc.files());
    Pieces pieces = Pieces.of(toc.members(), survey.members(copies::isThere));
    long bytes = before + pieces.bytes();
    if (bytes > from.total() / 2 && !pieces.isEmpty()) {
      return Outcome.ALL;
    }
    if (!pieces.isEmpty()) {
      Optional<Content> whole =
          transfer.ranges(pieces.ranges(), from.total(), from.version(), archive.sink(pieces));
      if (whole.isPresent()) {
        return Outcome.whole(whole.get());
      }
    }
    TocContents contents =
        new TocContents(
            toc,
            fetch.options(),
            archive.spoolOf(0),
            byToc.needed(),
            survey,
            copies,
            new LateFetch(fetch, described, archive, from));
    contents.verify();
    archive.hand(contents);
    DeployEvent.Fetched.Part part =
        new DeployEvent.Fetched.Part(
            from.total(),
            requests + pieces.ranges().size(),
            survey.files(),
            survey.files() - survey.needed() + copies.count());
    return new Outcome(
        Optional.of(new ArchiveFetch.Fetched(bytes, Optional.of(part))), Optional.empty());
  }

  /**
   * Returns the place of the last bytes of the archive, of which those that have come are there;
   * its remaining bytes are for the others.
   */
  private static ByteBuffer tail(Transfer.End.Bytes end, int length) {
    int there = Math.min(length, end.bytes().length);
    // Not in the heap, which may be small.
    ByteBuffer tail = ByteBuffer.allocateDirect(length);
    tail.put(length - there, end.bytes(), end.bytes().length - there, there);
    return tail.limit(length - there);
  }

  /** Returns why a table of contents was of no use, if a fetch of all may be. */
  static Optional<String> mendable(IOException failure) {
    IOException cause = cause(failure);
    boolean mendable =
        isLie(cause)
            || cause instanceof UnusableRangeException
            || cause instanceof OtherVersionException;
    return mendable ? Optional.of(Reason.of(cause)) : Optional.empty();
  }

  private static IOException cause(IOException failure) {
    return failure instanceof SinkException sink ? sink.failure() : failure;
  }

  /** Tells whether the archive is not what its table of contents says. */
  private static boolean isLie(IOException cause) {
    return cause instanceof TocException
        || cause instanceof ArchiveException
        || cause instanceof DecompressorException;
  }

  /** Puts what comes into memory. */
  private record InMemory(ByteBuffer target) implements FetchSink {
    @Override
    public void begin(Optional<Path> file, OptionalLong length) {
      target.rewind();
    }

    @Override
    public void write(ByteBuffer chunk) {
      target.put(chunk);
    }
  }
}
