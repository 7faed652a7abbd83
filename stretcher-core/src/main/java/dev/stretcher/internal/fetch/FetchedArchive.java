package dev.stretcher.internal.fetch;

import dev.stretcher.internal.dest.DestLock;
import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reason;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.toc.Toc;
import dev.stretcher.internal.toc.TocReader;
import dev.stretcher.internal.transfer.FetchSink;
import dev.stretcher.internal.unpack.FreeSpace;
import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.option.Unpack;
import dev.stretcher.process.Diagnostics;
import dev.stretcher.report.Stage;
import dev.stretcher.report.StretcherException;
import dev.stretcher.text.RedactedUri;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An archive while it arrives and once it has: each chunk goes to the verifiers and into the spool
 * file. A local file is read in place and not copied. Closing removes the spool file.
 *
 * <p>Three threads meet here, and go by this protocol:
 *
 * <ol>
 *   <li>The <em>deploying</em> thread makes this object and starts the <em>unpacking</em> one,
 *       which waits in {@link #contents}, and then the <em>fetching</em> one. It ends both before
 *       it closes this object.
 *   <li>The fetching thread calls {@link #begin}, which makes {@link ArchiveContents}, and {@link
 *       #write} for each chunk. After a failure it may begin anew: first the old contents are told
 *       that they have started over, then the spool file is emptied, then there are new contents.
 *   <li>The unpacking thread reads contents as they arrive. When it is told that they have started
 *       over, it empties the staging directory and asks for the new ones. If it finds a bad entry,
 *       it may {@link #refuse} the rest, so that the next {@link #write} fails.
 *   <li>When the fetching thread has ended, the deploying thread calls {@link #complete}, which
 *       shows the end to the unpacking thread, and {@link #verify}; then it waits for the unpacking
 *       thread. From there on it is alone, and reads the archive once more if contents that were
 *       left out are needed after all.
 * </ol>
 *
 * <p>How the threads hand over their data: this object guards {@code contents}, and their {@link
 * ArrivingFile} guards the part of them that grows; {@code refusal} is thread-safe. The
 * verifications, the meter, the spool file and the count belong to the fetching thread while it
 * runs, and to the deploying thread before it starts that one and after it has awaited its end
 * ({@link dev.stretcher.process.Background}). The unpacking thread decompresses in a fourth thread,
 * with which it shares only the queues of {@link dev.stretcher.internal.decompress.ReadAhead}. The
 * unpacked tree is handed over like the fetched archive, by awaiting the thread.
 */
public final class FetchedArchive implements FetchSink, Closeable {
  /** The bytes that an entry takes besides its content: its header, extended headers, padding. */
  private static final int HEADERS = 4 << 10;

  /** The scheme of archives on this host, which only its users can change. */
  private static final String LOCAL = "file";

  private final Engine engine;
  private final Reporter reporter;
  private final Manifest.Archive archive;
  private final DestLock lock;
  private final Optional<ByToc> byToc;
  private final Refusal refusal = new Refusal(0);

  /** Guarded by this object: what readers get. */
  private @Nullable ArchiveContents contents;

  /** Guarded by this object: the same, if the archive arrives whole. */
  private @Nullable FileContents whole;

  /** Guarded by this object. */
  private boolean lyingToc;

  // The other fields belong to the fetching thread; its start and its end hand them over.
  private ProgressMeter meter;
  private Verifications verifications;
  private @Nullable SpoolFile spool;
  private long received;

  /**
   * Creates an archive of which nothing has arrived.
   *
   * @param byToc how to fetch it by its table of contents, if that is to be tried
   */
  public FetchedArchive(
      Engine engine,
      Reporter reporter,
      Manifest.Archive archive,
      DestLock lock,
      Optional<ByToc> byToc)
      throws StretcherException.VerificationFailed {
    this.engine = engine;
    this.reporter = reporter;
    this.meter = new ProgressMeter(reporter, Stage.FETCH, OptionalLong.empty());
    this.archive = archive;
    this.lock = lock;
    this.verifications = Verifications.begin(engine.plugins().verifiers(), archive);
    // What is fetched in pieces can be verified by its digests, and by nothing else.
    this.byToc = byToc.filter(toc -> verifications.isByChecksum());
  }

  /** Returns how to fetch it by its table of contents, if that is to be tried. */
  public Optional<ByToc> byToc() {
    return byToc;
  }

  @Override
  public void begin(Optional<Path> file, OptionalLong length) throws IOException {
    verifications = newVerifications();
    received = 0;
    meter = new ProgressMeter(reporter, Stage.FETCH, length);
    // First, so that a reader learns why its bytes disappear.
    startOver();
    hand(
        file.isPresent() && !isUnpackedVerified()
            ? local(file.get())
            : new SpooledContents(engine, reporter, emptySpool(length), length));
  }

  /** Tells whether no byte may be unpacked before all of them are verified. */
  public boolean isUnpackedVerified() {
    Options options = engine.options();
    boolean onlySigned = !engine.policy().keys().isEmpty();
    return options.isSet(Settings.UNPACK)
        ? options.get(Settings.UNPACK) == Unpack.VERIFIED
        : onlySigned && !LOCAL.equalsIgnoreCase(archive.src().getScheme());
  }

  private Verifications newVerifications() throws IOException {
    try {
      return Verifications.begin(engine.plugins().verifiers(), archive);
    } catch (StretcherException.VerificationFailed e) {
      refuse(e);
      throw new IOException(e);
    }
  }

  /** Opens a local archive; if that is gone by now, no disk of this deploy is to blame. */
  private LocalContents local(Path file) throws IOException {
    try {
      return LocalContents.of(engine, reporter, archive, file);
    } catch (IOException e) {
      String what = "cannot fetch %s: %s".formatted(RedactedUri.of(archive.src()), Reason.of(e));
      refuse(
          new StretcherException.SourceUnavailable(
              Stage.FETCH, archive.src(), StretcherException.Failure.of(what, e)));
      throw e;
    }
  }

  private synchronized void startOver() {
    if (whole != null) {
      whole.arriving().startOver();
    }
    whole = null;
    contents = null;
  }

  private SpoolFile emptySpool(OptionalLong length) throws IOException {
    if (spool != null) {
      spool.clear();
    }
    return spoolOf(length.orElse(0));
  }

  private synchronized void hand(FileContents begun) {
    whole = begun;
    contents = begun;
    notifyAll();
  }

  /** Hands out what was fetched by the table of contents, and verified. */
  synchronized void hand(TocContents pieces) {
    contents = pieces;
    notifyAll();
  }

  /** Returns what takes pieces of the archive. */
  FetchSink sink(Pieces pieces) {
    return new PieceSink(
        pieces,
        this::spoolOf,
        engine.options(),
        new ProgressMeter(reporter, Stage.FETCH, OptionalLong.of(pieces.bytes())));
  }

  /** Returns the spool file with room for {@code bytes} more. */
  SpoolFile spoolOf(long bytes) throws IOException {
    FreeSpace space = new FreeSpace(engine.temporaryDirectory());
    space.require(bytes, engine.temporaryDirectory());
    if (spool == null) {
      spool = SpoolFile.create(engine.temporaryDirectory(), lock.temporaryPrefix());
    }
    return spool;
  }

  @Override
  public void write(ByteBuffer chunk) throws IOException {
    FileContents now = begun();
    refusal.requireWanted(received);
    now.refusal().requireWanted(received);
    verifications.update(chunk);
    int length = chunk.remaining();
    meter.add(length);
    if (spool != null && now instanceof SpooledContents) {
      requireLength(length);
      spool.write(chunk);
      now.arriving().arrived(length);
    }
  }

  /**
   * An archive that is longer than all its entries may be once they are unpacked need not be
   * stored.
   */
  private void requireLength(int more) throws IOException {
    received += more;
    Options limits = engine.options();
    double most =
        limits.get(Settings.MAX_UNPACKED) + (double) limits.get(Settings.MAX_ENTRIES) * HEADERS;
    if (received > most) {
      String what =
          "%s is longer than it may be once it is unpacked: it has %s"
              .formatted(RedactedUri.of(archive.src()), limits.exceeded(Settings.MAX_UNPACKED));
      refuse(new StretcherException.BadArchive(null, StretcherException.Failure.of(what)));
      throw new IOException(what);
    }
  }

  /** Returns the contents of the last beginning of the fetch; waits for the first beginning. */
  public synchronized ArchiveContents contents() throws InterruptedException {
    while (contents == null) {
      wait();
    }
    return contents;
  }

  private synchronized FileContents begun() {
    if (whole == null) {
      throw new IllegalStateException("nothing was fetched");
    }
    return whole;
  }

  /** Makes the fetch fail at the next chunk, since the rest is of no use. */
  public void refuse(StretcherException reason) {
    refusal.because(reason);
  }

  /** Returns why the rest is refused, if it is. */
  synchronized Optional<StretcherException> refusal() {
    Optional<StretcherException> all = refusal.reason();
    return all.isPresent() || whole == null ? all : whole.refusal().reason();
  }

  /** Tells readers that the archive has arrived completely. Called once, after the last byte. */
  synchronized void complete() {
    if (whole != null) {
      whole.arriving().complete();
    }
  }

  /** Returns what identifies the archive. Called once, after its last byte. */
  synchronized String verify() throws StretcherException.VerificationFailed {
    // Each content that was fetched by it was compared with its digest in the table of contents.
    return contents instanceof TocContents pieces
        ? "toc:" + pieces.toc().digest()
        : verifications.finish();
  }

  /** Says that the table of contents tells of other contents than the archive has. */
  synchronized void doubtToc() {
    lyingToc = true;
  }

  /**
   * Returns the archive's table of contents, if the manifest names one. Called when the archive is
   * verified.
   */
  synchronized Optional<Toc> toc() {
    if (contents instanceof TocContents pieces) {
      return Optional.of(pieces.toc());
    }
    return whole == null || lyingToc || archive.toc().isEmpty()
        ? Optional.empty()
        : toc(whole, archive.toc().get());
  }

  /** Nothing of a deploy depends on it any more, but what is known at the next one. */
  private Optional<Toc> toc(FileContents all, Digest expected) {
    try (FileChannel file = all.arriving().channel()) {
      return TocReader.ofArchive(file, expected, engine.options());
    } catch (IOException e) {
      Diagnostics.debug(FetchedArchive.class, "the table of contents is of no use", e);
      return Optional.empty();
    }
  }

  /** Returns the file that has the archive, once the fetch has begun. */
  synchronized Path file() {
    if (contents == null) {
      throw new IllegalStateException("nothing was fetched");
    }
    return contents.file();
  }

  synchronized boolean isInPlace() {
    return contents instanceof LocalContents;
  }

  @Override
  public void close() throws IOException {
    if (spool != null) {
      spool.close();
    }
  }
}
