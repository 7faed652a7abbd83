package dev.stretcher;

/**
 * Lets a deploy wait when all is ready that no application notices: the manifest is read, the
 * archive is fetched and verified, and unpacked unless {@code pre} commands make the place for it.
 * What comes next is the first {@code pre} command, or the change of dest.
 *
 * <p>Meanwhile the deploy holds the lock of dest: another one to it waits. So a wait that may be
 * long is to be given up, and the deploy to be begun anew later.
 */
@FunctionalInterface
public interface BeforeSwitch {
  /**
   * Returns when the deploy may go on. Called at most once for a deploy, by its thread.
   *
   * @throws InterruptedException if it may not, or if the thread was interrupted: the deploy is
   *     cancelled, dest is as it was, and nothing that was fetched stays
   */
  void await() throws InterruptedException;
}
