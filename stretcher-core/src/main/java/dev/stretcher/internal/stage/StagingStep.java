package dev.stretcher.internal.stage;

import dev.stretcher.internal.dest.Dest;
import dev.stretcher.internal.dest.DestLock;
import dev.stretcher.internal.engine.Cleanup;
import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.fetch.ArchiveFetch;
import dev.stretcher.internal.fetch.ByToc;
import dev.stretcher.internal.fetch.FetchedArchive;
import dev.stretcher.internal.sync.SyncStep;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.process.Background;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.BadArchive;
import dev.stretcher.report.StretcherException.StorageFailed;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Unpacks the archive: while it arrives, if the place and {@link
 * dev.stretcher.option.Settings#UNPACK} allow that; once it is verified; or after the {@code pre}
 * commands, which may make or mend the place. {@link #begin}, {@link Begun#settle} and {@link
 * Settled#finish} follow each other: each is a method of the object that the one before returns.
 */
public final class StagingStep {
  private final Engine engine;
  private final Reporter reporter;
  private final SyncStep sync;
  private final Manifest.Payload payload;
  private final FetchedArchive archive;
  private final boolean mendable;
  private final Cleanup temporary;

  /**
   * Creates the step.
   *
   * @param mendable whether there are {@code pre} commands, which may make room or give permissions
   * @param temporary owns the unpacked tree, and is closed before {@code archive}
   */
  public StagingStep(
      Engine engine,
      Reporter reporter,
      SyncStep sync,
      Manifest.Payload payload,
      FetchedArchive archive,
      boolean mendable,
      Cleanup temporary) {
    this.engine = engine;
    this.reporter = reporter;
    this.sync = sync;
    this.payload = payload;
    this.archive = archive;
    this.mendable = mendable;
    this.temporary = temporary;
  }

  /** Begins to unpack the archive that is going to arrive, unless that is to wait. */
  public Begun begin(DestLock lock) throws StorageFailed {
    boolean waits = archive.isUnpackedVerified();
    return new Begun(lock, waits, waits ? Optional.empty() : start(lock));
  }

  /** Starts to unpack what there is of the archive, if the place allows it. */
  private Optional<EarlyStaging> start(DestLock lock) throws StorageFailed {
    if (sync.dest().obstacle().isPresent()) {
      return Optional.empty();
    }
    try {
      StagingPlace place = place();
      // A pre command may unmount dest, unless something in it is open.
      StagedArchive staged =
          temporary.own(create(place, mendable ? place.outside() : place.directory(), lock));
      Background<StagedArchive, StretcherException> work =
          Background.start("stretcher-extract", () -> extractEarly(staged));
      return Optional.of(temporary.own(new EarlyStaging(staged, work, lock, reporter)));
    } catch (StorageFailed e) {
      tryAgainLater(e);
      return Optional.empty();
    }
  }

  private StagedArchive extractEarly(StagedArchive staged)
      throws StretcherException, InterruptedException {
    try (Cleanup failed = new Cleanup(reporter)) {
      failed.own(staged);
      extractOrRefuse(staged);
      failed.keep();
      return staged;
    }
  }

  /** Unpacks, and tells the fetch at once if the rest of the archive is of no use. */
  private void extractOrRefuse(StagedArchive staged)
      throws StretcherException, InterruptedException {
    try {
      staged.extract(payload, archive.byToc().map(ByToc::needed).orElseGet(sync::needed));
    } catch (StorageFailed e) {
      if (!mendable) {
        archive.refuse(e);
      }
      throw e;
    } catch (BadArchive e) {
      staged.refuse(e);
      throw e;
    }
  }

  /** Fails, unless {@code pre} commands may mend the place: then it says that it tries again. */
  private void tryAgainLater(StorageFailed failure) throws StorageFailed {
    if (!mendable) {
      throw failure;
    }
    reporter.report(
        new DeployEvent.Warning(failure.getMessage() + "; trying again after the pre commands"));
  }

  private StagingPlace place() {
    return StagingPlace.of(engine, sync.syncer(), Dest.of(payload.target().dest()));
  }

  private StagedArchive create(StagingPlace place, Path parent, DestLock lock)
      throws StorageFailed {
    return StagedArchive.create(engine, parent, place.dest(), lock, archive);
  }

  /** The unpacking while the archive arrives, or the wait for its end. */
  public final class Begun {
    private final DestLock lock;
    private final boolean waits;
    private final Optional<EarlyStaging> early;

    private Begun(DestLock lock, boolean waits, Optional<EarlyStaging> early) {
      this.lock = lock;
      this.waits = waits;
      this.early = early;
    }

    /** Waits until the archive is unpacked; a bad archive fails here, before any command. */
    public Settled settle(ArchiveFetch.Result fetched)
        throws StretcherException, InterruptedException {
      Optional<EarlyStaging> begun = waits ? start(lock) : early;
      return new Settled(
          fetched.file(), begun.isPresent() ? settled(begun.get(), fetched.file()) : begun);
    }

    private Optional<EarlyStaging> settled(EarlyStaging begun, Path file)
        throws StretcherException, InterruptedException {
      reporter.report(new DeployEvent.Extracting(file, begun.staged().root()));
      try {
        StagedArchive done = begun.await();
        if (!done.hasStartedOver()) {
          reporter.report(done.event());
          return Optional.of(begun);
        }
        begun.close();
      } catch (BadArchive e) {
        if (!begun.staged().hasStartedOver()) {
          throw e;
        }
      } catch (StorageFailed e) {
        tryAgainLater(e);
      }
      return Optional.empty();
    }
  }

  /** The tree that was unpacked before the {@code pre} commands, if that was possible. */
  public final class Settled {
    private final Path file;
    private final Optional<EarlyStaging> early;

    private Settled(Path file, Optional<EarlyStaging> early) {
      this.file = file;
      this.early = early;
    }

    /** Returns the unpacked archive in the place where it now belongs. */
    public StagedArchive finish(DestLock lock) throws StretcherException, InterruptedException {
      if (early.isPresent()) {
        if (isUsable(early.get(), lock)) {
          return early.get().staged();
        }
        early.get().close();
      }
      StagingPlace place = place();
      StagedArchive staged = temporary.own(create(place, place.directory(), lock));
      reporter.report(new DeployEvent.Extracting(file, staged.root()));
      Optional<ByToc> planned = archive.byToc().filter(ByToc::isForPlan);
      staged.extract(payload, planned.map(ByToc::needed).orElseGet(sync::needed));
      reporter.report(staged.event());
      return staged;
    }

    private boolean isUsable(EarlyStaging early, DestLock lock) {
      // Names that nobody knew are known by now only if a command made them so.
      return early.lock() == lock
          && place().allows(early.staged())
          && !(mendable && early.staged().isOutdated());
    }
  }
}
