package dev.stretcher.spi;

import java.io.IOException;

/**
 * Is asked what a sync is going to delete, before its first change in dest. The engine's guard
 * refuses a sync that would delete {@linkplain Deletions#areMost most} of a dest that no deploy has
 * made, unless the operator allows that.
 *
 * <p>A {@link Syncer} calls it once in each {@code sync}, before it changes anything in dest, and
 * in each {@code plan} that it makes. A syncer that never calls the guard is not held back. Used by
 * one thread.
 */
@FunctionalInterface
public interface DeletionGuard {
  /** Holds nothing back. */
  DeletionGuard OPEN = count -> {};

  /**
   * Returns if the sync may begin.
   *
   * @param count counts the names that would be deleted; called only if the number matters, so that
   *     it may be slow
   * @throws IOException if the sync must not begin; dest stays as it is
   * @throws InterruptedException if the thread was interrupted
   */
  void begin(Count count) throws IOException, InterruptedException;

  /** Counts deletions. */
  @FunctionalInterface
  interface Count {
    /**
     * Returns what would be deleted.
     *
     * @throws IOException if that cannot be found out
     * @throws InterruptedException if the thread was interrupted
     */
    Deletions deletions() throws IOException, InterruptedException;
  }
}
