package dev.stretcher.report;

/**
 * Receives the reports of deploys. Consoles, progress bars and metrics are listeners.
 *
 * <p>The reports of one deploy come one at a time and in their order, and all of them before the
 * deploy returns; a later call sees what an earlier one wrote. They come in any thread of the
 * deploy: the one that deploys, or one that fetches, unpacks or reads what a command prints.
 * Reports of several deploys that run at once come at the same time, so a listener that hears of
 * several deploys has to be thread-safe.
 *
 * <p>No lock is held meanwhile, and a listener may call the library. The thread that calls it does
 * nothing else, though; threads that print wait when 100 reports wait, and progress is left out
 * then; and a deploy does not return before its last report. So a listener must not wait for
 * another report or for what a command prints, should return soon, and heed interrupts, which
 * cancel the deploy; work that takes long belongs into a queue and a thread of the listener's own.
 *
 * <p>A cancelled deploy interrupts the threads that it waits for, and waits a second for a listener
 * in another thread, such as one that reads what a command prints; reports that are not delivered
 * by then are dropped. A listener that ignores interrupts can keep it for ever.
 *
 * <p>What a listener throws, an {@link Error} too, does not disturb the deploy: it is a line of the
 * log, and a {@link DeployEvent.Warning} for the other listeners, once for each kind of report. But
 * an {@link InterruptedException}, also as a cause, leaves the thread interrupted.
 */
@FunctionalInterface
public interface DeployListener {
  /** Takes the next event. */
  void onEvent(DeployEvent event);

  /**
   * Takes the next event and the deploy that it belongs to. Calls {@link #onEvent(DeployEvent)} by
   * default.
   */
  default void onEvent(DeployIdentity deploy, DeployEvent event) {
    onEvent(event);
  }

  /**
   * Takes the progress of a long step, several times a second, for example for a progress bar.
   * Everything that belongs into a log comes as an event. Does nothing by default.
   */
  default void onProgress(Progress progress) {}

  /**
   * Takes the progress of a long step and the deploy that it belongs to. Calls {@link
   * #onProgress(Progress)} by default.
   */
  default void onProgress(DeployIdentity deploy, Progress progress) {
    onProgress(progress);
  }
}
