package dev.stretcher.internal.stage;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.file.ReservedNames;
import dev.stretcher.internal.dest.DestLock;
import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reason;
import dev.stretcher.internal.fetch.ArchiveContents;
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
import dev.stretcher.report.StretcherException.BadArchive;
import dev.stretcher.report.StretcherException.Failure;
import dev.stretcher.report.StretcherException.StorageFailed;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.StagedTree;
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

  // Belongs to the unpacking thread, whose end hands it over.
  private @Nullable ArchiveContents contents;
  private @Nullable Extraction extraction;

  private StagedArchive(
      Engine engine, Path parent, StagingDirectory staging, FetchedArchive archive) {
    this.engine = engine;
    this.parent = parent;
    this.staging = staging;
    this.archive = archive;
  }

  private record Extraction(ExtractOptions options, ExtractionReport report, Duration elapsed) {}

  /**
   * Creates a staging directory in {@code parent}, still empty.
   *
   * @param dest where the tree goes, which may be the parent
   */
  static StagedArchive create(
      Engine engine, Path parent, Path dest, DestLock lock, FetchedArchive archive)
      throws StorageFailed {
    try {
      String prefix = lock.temporaryPrefix();
      return new StagedArchive(
          engine,
          parent,
          parent.equals(dest)
              ? StagingDirectory.inDest(dest, prefix)
              : StagingDirectory.in(parent, prefix),
          archive);
    } catch (IOException e) {
      throw new StorageFailed(
          Stage.EXTRACT,
          parent,
          Failure.of(
                  "cannot create a staging directory in %s: %s"
                      .formatted(NativeText.text(parent), Reason.of(e)),
                  e)
              .withRemedy("check the free space and the permissions there"));
    }
  }

  /** Tells whether the staging directory is one of the names in {@code directory}. */
  public boolean isIn(Path directory) {
    return parent.equals(directory);
  }

  /** Tells whether files would get other owners now, because a name became known. */
  boolean isOutdated() {
    return extraction().report().unknownOwners().isAnyKnown();
  }

  /** Returns where the tree is. Any thread may ask. */
  Path root() {
    return staging.path();
  }

  /** Returns the tree for a syncer, once it is extracted. */
  public StagedTree tree() {
    Extraction done = extraction();
    PinnedPlace root = staging.root();
    return new StagedTree(
        root,
        new LeftOutFiles(
            engine,
            Objects.requireNonNull(contents),
            root.stable(),
            done.options(),
            done.report().omissions()));
  }

  /** Returns the report of the extraction. */
  DeployEvent.Extracted event() {
    Extraction done = extraction();
    return new DeployEvent.Extracted(
        done.report().entries(), done.report().bytes(), done.elapsed());
  }

  private Extraction extraction() {
    return Objects.requireNonNull(extraction, "not extracted");
  }

  /** Tells whether the fetch has started over since the last unpacking. */
  boolean hasStartedOver() {
    return contents != null && contents.hasStartedOver();
  }

  /** Tells the fetch that the archive of the last unpacking is bad. */
  void refuse(BadArchive reason) {
    if (contents != null) {
      contents.refuse(reason);
    }
  }

  /** Unpacks the archive, and gives the root the mode that dest gets. */
  void extract(Manifest.Payload payload, ContentFilter needed)
      throws StretcherException, InterruptedException {
    while (extraction == null) {
      ArchiveContents now = archive.contents();
      contents = now;
      extraction = extract(now, payload, needed);
    }
  }

  /** Returns null, and leaves the tree empty, if the fetch started over meanwhile. */
  private @Nullable Extraction extract(
      ArchiveContents now, Manifest.Payload payload, ContentFilter needed)
      throws StretcherException, InterruptedException {
    ExtractionFailures failures = new ExtractionFailures(payload, now, root());
    try {
      Extraction done = extract(now, payload.target().links(), needed);
      if (done != null) {
        failures.requireEntries(done.report());
        setMode(payload.target(), done.report());
      }
      return done;
    } catch (IOException e) {
      throw failures.explained(e);
    } catch (OutOfMemoryError e) {
      throw failures.tooMuch(e);
    }
  }

  private @Nullable Extraction extract(ArchiveContents now, Links links, ContentFilter needed)
      throws IOException, InterruptedException {
    staging.root().requireSame();
    // By descriptor, since others may give its name to something else: an archive may arrive for
    // hours.
    Path root = staging.contents();
    ExtractOptions options =
        ExtractOptions.forThisUser(root)
            .withLimits(engine.options())
            .withLinks(links)
            .withReserved(ReservedNames::isReserved);
    long start = System.nanoTime();
    try {
      ExtractionReport report =
          now.read(needed, (entries, there) -> Extractor.extract(entries, root, options, there));
      staging.root().requireSame();
      return new Extraction(options, report, Duration.ofNanos(System.nanoTime() - start));
    } catch (StartedOverException e) {
      staging.clear();
      return null;
    }
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
