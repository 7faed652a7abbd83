package dev.stretcher.spi;

import java.io.IOException;

/**
 * Stands between what a sync is going to delete and the first change in dest. The engine's refuses
 * to empty a dest that no deploy has made: one of which {@linkplain Deletions#areMost most} would
 * be deleted, unless the operator said that it may be.
 *
 * <p>A {@link Syncer} calls it once in each {@code sync}, before it changes anything in dest, and
 * in each {@code plan} that it makes. One that never does is not held back. Used by one thread.
 */
@FunctionalInterface
public interface DeletionGuard {
  /** Holds nothing back. */
  DeletionGuard OPEN = count -> {};

  /**
   * Lets the sync begin, or not.
   *
   * @param count counts what would be deleted; called only if that matters, so that it may be slow
   * @throws IOException if the sync must not begin; dest stays as it is
   * @throws InterruptedException if the thread was interrupted
   */
  void begin(Count count) throws IOException, InterruptedException;

  /** Counts. */
  @FunctionalInterface
  interface Count {
    /**
     * Returns what would be deleted.
     *
     * @throws IOException if it cannot be told
     * @throws InterruptedException if the thread was interrupted
     */
    Deletions deletions() throws IOException, InterruptedException;
  }
}
