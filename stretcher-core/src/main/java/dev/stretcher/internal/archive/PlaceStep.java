package dev.stretcher.internal.archive;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.internal.dest.Dest;
import dev.stretcher.internal.engine.Cleanup;
import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.load.ManifestPolicy;
import dev.stretcher.internal.sync.SyncStep;
import dev.stretcher.report.StretcherException;
import java.io.Closeable;
import java.nio.file.Path;

/**
 * Works on the directory that dest is now, if that one is allowed, and holds it meanwhile. It is
 * released before the next commands, which may unmount it.
 */
public final class PlaceStep {
  private final Engine engine;
  private final Reporter reporter;
  private final SyncStep sync;
  private final Path dest;
  private final boolean afterCommands;

  /**
   * Creates the step.
   *
   * @param dest as the manifest names it
   * @param afterCommands whether commands have run, which may have put a link in the way
   */
  public PlaceStep(
      Engine engine, Reporter reporter, SyncStep sync, Path dest, boolean afterCommands) {
    this.engine = engine;
    this.reporter = reporter;
    this.sync = sync;
    this.dest = dest;
    this.afterCommands = afterCommands;
  }

  /**
   * A directory that is held.
   *
   * @param dest where it is
   * @param sync the sync of this very directory
   */
  public record Held(Dest dest, SyncStep sync, Cleanup holding) {
    /** Closes something before the directory is released. */
    <C extends Closeable> void own(C resource) {
      holding.own(resource);
    }
  }

  /** What is done with the directory. */
  @FunctionalInterface
  public interface Work<T> {
    T on(Held place) throws StretcherException, InterruptedException;
  }

  public <T> T with(Work<T> work) throws StretcherException, InterruptedException {
    Dest now = Dest.of(dest);
    try (Cleanup holding = new Cleanup(reporter)) {
      PinnedPlace place = holding.own(now.hold());
      requireAllowed(place);
      return work.on(new Held(now, sync.at(place), holding));
    }
  }

  void requireAllowed(PinnedPlace place) throws StretcherException {
    new ManifestPolicy(engine, reporter).requireDest(dest, place, afterCommands);
  }
}
