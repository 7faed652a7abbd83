package dev.stretcher.internal.sync;

import dev.stretcher.internal.dest.Dest;
import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reason;
import dev.stretcher.option.Fsync;
import dev.stretcher.option.Settings;
import dev.stretcher.report.StretcherException.Failure;
import dev.stretcher.report.StretcherException.SyncFailed;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Brings a deploy to disk, as far as the options require. */
public final class DurabilityStep {
  private final Engine engine;
  private final Path dest;

  public DurabilityStep(Engine engine, Path dest) {
    this.engine = engine;
    this.dest = dest;
  }

  /** Something to flush. */
  @FunctionalInterface
  private interface Flushing<T> {
    T run() throws IOException, InterruptedException;
  }

  /**
   * Flushes a staged tree, if it is going to be renamed: copied files are flushed afterwards.
   *
   * @return the files to flush once they are in dest; empty for none
   */
  public Optional<Flush> beforeSync(Path root) throws SyncFailed, InterruptedException {
    if (engine.options().get(Settings.FSYNC) == Fsync.OFF) {
      return Optional.empty();
    }
    return Optional.of(
        flushing(
            () -> {
              Flush flush = Flush.of(root, engine.environment());
              if (isRenamed(root)) {
                flush.contents(root);
              }
              return flush;
            }));
  }

  private boolean isRenamed(Path root) {
    // The tree is one level below its private directory.
    Path parent = root.resolveSibling("..").normalize();
    return parent.equals(Dest.of(dest).parent());
  }

  /** Flushes what a sync has changed in dest. */
  public void afterSync(Path root, Flush flush, SyncReport report)
      throws SyncFailed, InterruptedException {
    if (report.totals().filter(DurabilityStep::isNothing).isPresent()) {
      return;
    }
    Path place = Dest.of(dest).path();
    flushing(
        () -> {
          if (!isRenamed(root)) {
            flush.contents(place);
          }
          flush.names(place);
          return flush;
        });
  }

  private static boolean isNothing(SyncReport.Totals totals) {
    return totals.files() == 0 && totals.deletions() == 0;
  }

  /** Flushes the whole file system of dest. */
  public void beforeSuccess() throws SyncFailed, InterruptedException {
    if (engine.options().get(Settings.FSYNC) == Fsync.FULL) {
      flushing(
          () -> {
            Flush.fileSystem(Dest.of(dest).path(), engine.environment());
            return dest;
          });
    }
  }

  private <T> T flushing(Flushing<T> flushing) throws SyncFailed, InterruptedException {
    try {
      return flushing.run();
    } catch (IOException e) {
      throw new SyncFailed(
          dest,
          Failure.of(
                  "the deploy to %s cannot be brought to disk: %s"
                      .formatted(NativeText.text(dest), Reason.withFile(e)),
                  e)
              .withRemedy("look into the log of the kernel, the disk may be broken"));
    }
  }
}
