package dev.stretcher.internal.stage;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.internal.dest.Dest;
import dev.stretcher.internal.dest.DestLock;
import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reason;
import dev.stretcher.internal.fetch.FetchedArchive;
import dev.stretcher.internal.fetch.StartedOverException;
import dev.stretcher.internal.unpack.ExtractOptions;
import dev.stretcher.internal.unpack.ExtractionReport;
import dev.stretcher.internal.unpack.Extractor;
import dev.stretcher.manifest.FileMode;
import dev.stretcher.manifest.Links;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.Stage;
import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.Failure;
import dev.stretcher.report.StretcherException.SyncFailed;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.Syncer;
import dev.stretcher.text.NativeText;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An archive in its staging directory. Closing it removes the directory. */
public final class StagedArchive implements Closeable {
  private static final FileMode DEFAULT_MODE = new FileMode(0755);

  private final Path parent;
  private final StagingDirectory staging;
  private final FetchedArchive archive;
  private final Engine engine;
  private @Nullable Extraction extraction;

  private StagedArchive(
      Engine engine, Path parent, StagingDirectory staging, FetchedArchive archive) {
    this.engine = engine;
    this.parent = parent;
    this.staging = staging;
    this.archive = archive;
  }

  private record Extraction(ExtractOptions options, ExtractionReport report, Duration elapsed) {}

  /** Creates the staging directory for a syncer and a dest, still empty. */
  static StagedArchive create(
      Engine engine, Syncer syncer, Path dest, DestLock lock, FetchedArchive archive)
      throws SyncFailed {
    Path parent = parent(engine, syncer, dest);
    try {
      return new StagedArchive(
          engine, parent, StagingDirectory.in(parent, lock.temporaryPrefix()), archive);
    } catch (IOException e) {
      throw new SyncFailed(
          Stage.EXTRACT,
          dest,
          Failure.of(
              "cannot create a staging directory in %s: %s"
                  .formatted(NativeText.text(parent), Reason.of(e)),
              e));
    }
  }

  private static Path parent(Engine engine, Syncer syncer, Path dest) {
    Path beside = Dest.of(dest).parent();
    boolean wanted = syncer.staging() == Syncer.Staging.BESIDE_DEST;
    return wanted && Files.isWritable(beside) ? beside : engine.temporaryDirectory();
  }

  /** Tells whether it would be staged in the same place now. */
  boolean isPlacedFor(Engine engine, Syncer syncer, Path dest) {
    return parent.equals(parent(engine, syncer, dest));
  }

  /** Tells whether the owners of files would be others now, because a name became known. */
  boolean isOutdated() {
    return extraction().report().unknownOwners().isAnyKnown();
  }

  Path root() {
    return staging.root().path();
  }

  /** Returns the tree for a syncer, once it is extracted. */
  public StagedTree tree() {
    Extraction done = extraction();
    PinnedPlace root = staging.root();
    return new StagedTree(
        root,
        new LeftOutFiles(
            engine, archive, root.stable(), done.options(), done.report().omissions()));
  }

  /** Returns what was extracted. */
  DeployEvent.Extracted event() {
    Extraction done = extraction();
    return new DeployEvent.Extracted(
        done.report().entries(), done.report().bytes(), done.elapsed());
  }

  private Extraction extraction() {
    return Objects.requireNonNull(extraction, "not extracted");
  }

  /** Unpacks the archive, and gives the root the mode that dest gets. */
  void extract(Manifest.Payload payload, ContentFilter needed)
      throws StretcherException, InterruptedException {
    try {
      extraction = extractUntilItStays(payload.target().links(), needed);
      new ExtractionFailures(payload, archive, root()).requireEntries(extraction.report());
      setMode(payload.target(), extraction.report());
    } catch (IOException e) {
      throw new ExtractionFailures(payload, archive, root()).explained(e);
    } catch (OutOfMemoryError e) {
      throw new ExtractionFailures(payload, archive, root()).tooMuch(e);
    }
  }

  private Extraction extractUntilItStays(Links links, ContentFilter needed)
      throws IOException, InterruptedException {
    while (true) {
      try {
        return extract(links, needed);
      } catch (StartedOverException e) {
        staging.clear();
      }
    }
  }

  private Extraction extract(Links links, ContentFilter needed)
      throws IOException, InterruptedException {
    staging.root().requireSame();
    // Whatever others give its name to meanwhile: an archive may arrive for hours.
    Path root = staging.contents();
    ExtractOptions options =
        ExtractOptions.forThisUser(root)
            .withLimits(engine.options())
            .withLinks(links)
            .withReserved(DestLock::isReserved);
    long start = System.nanoTime();
    ExtractionReport report =
        archive.read(in -> Extractor.extract(archive.decompressors(), in, root, options, needed));
    staging.root().requireSame();
    return new Extraction(options, report, Duration.ofNanos(System.nanoTime() - start));
  }

  private void setMode(Manifest.Target target, ExtractionReport report) throws IOException {
    FileMode mode = target.mode().or(report::rootMode).orElse(DEFAULT_MODE);
    Files.setAttribute(staging.root().stable(), "unix:mode", mode.bits());
  }

  @Override
  public void close() throws IOException {
    staging.close();
  }
}
