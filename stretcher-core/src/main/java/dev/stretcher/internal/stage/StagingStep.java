package dev.stretcher.internal.stage;

import dev.stretcher.internal.dest.DestLock;
import dev.stretcher.internal.engine.Background;
import dev.stretcher.internal.engine.Cleanup;
import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.fetch.FetchedArchive;
import dev.stretcher.internal.sync.SyncStep;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.BadArchive;
import dev.stretcher.report.StretcherException.StorageFailed;
import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks the archive: while it arrives, where the place allows that, or after the {@code pre}
 * commands, which may make or mend the place. Closing it ends that and removes what was unpacked.
 */
public final class StagingStep implements Closeable {
  private final Engine engine;
  private final Reporter reporter;
  private final SyncStep sync;
  private final Manifest.Payload payload;
  private final FetchedArchive archive;
  private final boolean mendable;

  private @Nullable Early early;
  private @Nullable StagedArchive late;

  /**
   * Creates the step.
   *
   * @param mendable whether there are {@code pre} commands, which may make room or give permissions
   */
  public StagingStep(
      Engine engine,
      Reporter reporter,
      SyncStep sync,
      Manifest.Payload payload,
      FetchedArchive archive,
      boolean mendable) {
    this.engine = engine;
    this.reporter = reporter;
    this.sync = sync;
    this.payload = payload;
    this.archive = archive;
    this.mendable = mendable;
  }

  /**
   * What is unpacked while it arrives.
   *
   * @param lock the one that its names are of
   */
  private record Early(StagedArchive staged, Background work, DestLock lock) {}

  /** Begins to unpack what is going to arrive. */
  public void begin(DestLock lock) throws StorageFailed {
    if (sync.dest().obstacle().isPresent()) {
      return;
    }
    try {
      StagedArchive staged = create(lock);
      Background work = Background.start(() -> extractEarly(staged), "stretcher-extract");
      early = new Early(staged, work, lock);
    } catch (StorageFailed e) {
      requireMendable(e);
    }
  }

  private void extractEarly(StagedArchive staged) throws StretcherException, InterruptedException {
    boolean done = false;
    try {
      staged.extract(payload, sync.needed());
      done = true;
    } catch (StorageFailed e) {
      if (!mendable) {
        archive.refuse(e);
      }
      throw e;
    } catch (BadArchive e) {
      archive.refuseEndless(e);
      throw e;
    } finally {
      if (!done) {
        Cleanup.close(staged, reporter);
      }
    }
  }

  /** Waits until what has arrived is unpacked; a bad archive fails here, before any command. */
  public void settle() throws StretcherException, InterruptedException {
    if (early == null) {
      return;
    }
    reporter.report(new DeployEvent.Extracting(archive.file(), early.staged().root()));
    try {
      early.work().await();
      reporter.report(early.staged().event());
    } catch (BadArchive e) {
      if (!archive.hasStartedOver()) {
        throw e;
      }
      early = null;
    } catch (StorageFailed e) {
      requireMendable(e);
      early = null;
    }
  }

  private void requireMendable(StorageFailed failure) throws StorageFailed {
    if (!mendable) {
      throw failure;
    }
    reporter.report(
        new DeployEvent.Warning(failure.getMessage() + "; trying again after the pre commands"));
  }

  /** Returns the unpacked archive in the place where it belongs now. */
  public StagedArchive finish(DestLock lock) throws StretcherException, InterruptedException {
    if (early != null && isUsable(early, lock)) {
      return early.staged();
    }
    close();
    StagedArchive staged = create(lock);
    late = staged;
    reporter.report(new DeployEvent.Extracting(archive.file(), staged.root()));
    staged.extract(payload, sync.needed());
    reporter.report(staged.event());
    return staged;
  }

  private boolean isUsable(Early early, DestLock lock) {
    return early.lock() == lock
        && early.staged().isPlacedFor(engine, sync.syncer(), payload.target().dest())
        && !early.staged().isOutdated();
  }

  private StagedArchive create(DestLock lock) throws StorageFailed {
    return StagedArchive.create(engine, sync.syncer(), payload.target().dest(), lock, archive);
  }

  @Override
  public void close() {
    if (early != null) {
      early.work().close();
      Cleanup.close(early.staged(), reporter);
      early = null;
    }
    if (late != null) {
      Cleanup.close(late, reporter);
      late = null;
    }
  }
}
