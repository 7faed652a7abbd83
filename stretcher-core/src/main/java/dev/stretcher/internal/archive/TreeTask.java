package dev.stretcher.internal.archive;

import dev.stretcher.internal.dest.Dest;
import dev.stretcher.internal.hook.Hooks;
import dev.stretcher.internal.sync.SyncStep;
import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.SyncFailed;
import dev.stretcher.spi.StagedTree;
import java.util.Optional;

/**
 * A use of the staged tree: a sync, only a comparison with dest, or a release.
 *
 * @param <T> what comes of it
 */
public interface TreeTask<T> {
  /**
   * Refuses a dest for which an archive need not be unpacked. The default is one that no syncer can
   * work with.
   */
  default void requirePlace(Dest dest) throws SyncFailed {
    dest.require();
  }

  /**
   * Tells whether it needs the contents that dest lacks, and not only their attributes. The default
   * is that it does.
   */
  default boolean needsContents() {
    return true;
  }

  /**
   * What is done without the archive, since dest has all of it.
   *
   * @param verified what identifies the archive
   * @param work is done after the {@code pre} commands
   */
  record Shortcut<T>(String verified, PlaceStep.Work<T> work) {}

  /**
   * Looks, before anything is fetched, whether the archive is needed. The default is that it is.
   */
  default Optional<Shortcut<T>> shortcut(PlaceStep places)
      throws StretcherException, InterruptedException {
    return Optional.empty();
  }

  /** Does the work. */
  T run(SyncStep sync, StagedTree tree) throws SyncFailed, InterruptedException;

  /**
   * Does what follows the work; the default is to run the {@code post} and {@code health} commands.
   */
  default T finish(T done, PlaceStep places, Hooks hooks)
      throws StretcherException, InterruptedException {
    hooks.post();
    hooks.health();
    return done;
  }
}
