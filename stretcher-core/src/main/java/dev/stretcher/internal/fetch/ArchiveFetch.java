package dev.stretcher.internal.fetch;

import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reason;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.toc.Toc;
import dev.stretcher.internal.transfer.SinkException;
import dev.stretcher.internal.transfer.Transfer;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.Stage;
import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.Failure;
import dev.stretcher.report.StretcherException.StorageFailed;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.RedactedUri;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Fetches and verifies an archive. */
public final class ArchiveFetch {
  private final Engine engine;
  private final Reporter reporter;

  public ArchiveFetch(Engine engine, Reporter reporter) {
    this.engine = engine;
    this.reporter = reporter;
  }

  /**
   * The fetched archive.
   *
   * @param file the file that has the archive
   * @param bytes the length of the archive
   * @param verified what identifies it
   * @param toc its table of contents, if the manifest names one
   */
  public record Result(Path file, long bytes, String verified, Optional<Toc> toc) {}

  /** Fetches into {@code archive}, which its caller closes. */
  public Result fetch(Manifest.Archive described, FetchedArchive archive)
      throws StretcherException, InterruptedException {
    long start = System.nanoTime();
    Fetched fetched =
        transfer(described, archive, transfer -> fetched(described, archive, transfer));
    archive.complete();
    reporter.report(
        new DeployEvent.Fetched(
            fetched.bytes(),
            archive.file(),
            archive.isInPlace(),
            Duration.ofNanos(System.nanoTime() - start),
            fetched.part()));
    String verified = archive.verify();
    reporter.report(new DeployEvent.Verified(verified));
    long bytes = fetched.part().map(DeployEvent.Fetched.Part::archiveBytes).orElse(fetched.bytes());
    return new Result(archive.file(), bytes, verified, archive.toc());
  }

  /**
   * What was fetched.
   *
   * @param bytes how many bytes
   * @param part which part of the archive, if not all
   */
  record Fetched(long bytes, Optional<DeployEvent.Fetched.Part> part) {}

  private Fetched fetched(Manifest.Archive described, FetchedArchive archive, Transfer transfer)
      throws IOException, InterruptedException {
    Optional<ByToc> byToc = archive.byToc();
    return byToc.isPresent()
        ? new TocFetch(this, described, archive, byToc.get(), transfer).run()
        : new Fetched(transfer.all(archive).bytes(), Optional.empty());
  }

  /** Says why the whole archive is fetched, though not all of it is needed. */
  void warn(String reason) {
    reporter.report(new DeployEvent.Warning(reason + "; the whole archive is fetched"));
  }

  Options options() {
    return engine.options();
  }

  <T> T transfer(Manifest.Archive described, FetchedArchive archive, Fetcher.Work<T> work)
      throws StretcherException, InterruptedException {
    Options options = engine.options();
    long rate = options.get(Settings.MAX_BAND_WIDTH);
    Fetcher.Limits limits =
        new Fetcher.Limits(
            options.limit(Settings.TIMEOUT),
            rate == 0 ? OptionalLong.empty() : OptionalLong.of(rate),
            options.get(Settings.CONNECTIONS));
    try {
      return new Fetcher(engine, reporter).fetch(Stage.FETCH, described.src(), limits, work);
    } catch (SinkException e) {
      if (archive.refusal().isPresent()) {
        throw archive.refusal().get();
      }
      throw new StorageFailed(
          Stage.FETCH,
          engine.temporaryDirectory(),
          Failure.of(
                  "cannot store %s in %s: %s"
                      .formatted(
                          RedactedUri.of(described.src()),
                          NativeText.text(engine.temporaryDirectory()),
                          Reason.withFile(e.failure())),
                  e)
              .withRemedy("free space there or set TMPDIR to another directory"));
    }
  }
}
