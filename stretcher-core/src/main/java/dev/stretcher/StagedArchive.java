package dev.stretcher;

import dev.stretcher.StretcherException.BadArchive;
import dev.stretcher.StretcherException.Failure;
import dev.stretcher.StretcherException.SyncFailed;
import dev.stretcher.StretcherException.VerificationFailed;
import dev.stretcher.internal.archive.ArchiveException;
import dev.stretcher.internal.archive.ExtractOptions;
import dev.stretcher.internal.archive.ExtractionReport;
import dev.stretcher.internal.archive.Extractor;
import dev.stretcher.internal.lock.DestLock;
import dev.stretcher.internal.stage.StagingDirectory;
import dev.stretcher.manifest.FileMode;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.spi.Syncer;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.RedactedUri;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** An archive in its staging directory. Closing it removes the directory. */
final class StagedArchive implements Closeable {
  private static final FileMode DEFAULT_MODE = new FileMode(0755);

  private final StagingDirectory staging;

  private StagedArchive(StagingDirectory staging) {
    this.staging = staging;
  }

  /** Creates the staging directory for a syncer and a dest, still empty. */
  static StagedArchive create(Engine engine, Syncer syncer, Path dest, DestLock lock)
      throws SyncFailed {
    Path parent = parent(engine, syncer, dest);
    try {
      return new StagedArchive(StagingDirectory.in(parent, lock.temporaryPrefix()));
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

  Path root() {
    return staging.root();
  }

  /** Unpacks the archive, and gives the root the mode that dest gets. */
  void extract(Manifest.Payload payload, FetchedArchive archive, Reporter reporter)
      throws StretcherException, InterruptedException {
    reporter.report(new DeployEvent.Extracting(archive.file(), root()));
    long start = System.nanoTime();
    try (InputStream in =
        new BufferedInputStream(Files.newInputStream(archive.file()), 128 << 10)) {
      ExtractionReport report = Extractor.extract(in, root(), ExtractOptions.forThisUser(root()));
      requireEntries(payload.archive(), report);
      setMode(payload.target(), report);
      reporter.report(
          new DeployEvent.Extracted(
              report.entries(), report.bytes(), Duration.ofNanos(System.nanoTime() - start)));
      requireUnchanged(payload.archive(), archive);
    } catch (ArchiveException e) {
      throw new BadArchive(
          e.entry().orElse(null),
          Failure.of(
              "%s cannot be unpacked: %s"
                  .formatted(RedactedUri.of(payload.archive().src()), e.getMessage()),
              e));
    } catch (IOException e) {
      throw new SyncFailed(
          Stage.EXTRACT,
          payload.target().dest(),
          Failure.of(
                  "cannot unpack into %s: %s"
                      .formatted(NativeText.text(root()), Reason.withFile(e)),
                  e)
              .withRemedy("check the free space and the permissions there"));
    }
  }

  /** An archive of nothing would empty dest, and comes from a packing script that failed. */
  private static void requireEntries(Manifest.Archive described, ExtractionReport report)
      throws BadArchive {
    if (report.entries() == 0) {
      throw new BadArchive(
          null,
          Failure.of("%s has no entries".formatted(RedactedUri.of(described.src())))
              .withRemedy("build it from a directory, if only an empty one"));
    }
  }

  private void setMode(Manifest.Target target, ExtractionReport report) throws IOException {
    FileMode mode = target.mode().or(report::rootMode).orElse(DEFAULT_MODE);
    Files.setAttribute(root(), "unix:mode", mode.bits());
  }

  private static void requireUnchanged(Manifest.Archive described, FetchedArchive archive)
      throws VerificationFailed, IOException {
    if (archive.hasChanged()) {
      throw new VerificationFailed(
          described.src(),
          Failure.of(
                  "%s was changed while it was deployed".formatted(RedactedUri.of(described.src())))
              .withRemedy("give each version of an archive a name of its own"));
    }
  }

  @Override
  public void close() throws IOException {
    staging.close();
  }
}
