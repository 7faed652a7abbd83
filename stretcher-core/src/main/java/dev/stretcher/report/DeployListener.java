package dev.stretcher.report;

/**
 * Receives the events of deploys. Consoles, progress bars and metrics are listeners.
 *
 * <p>Called from the thread that deploys and from threads that read the output of processes, one
 * call at a time. A listener that throws is reported in the log and otherwise ignored.
 */
@FunctionalInterface
public interface DeployListener {
  /** Takes the next event. */
  void onEvent(DeployEvent event);

  /**
   * Takes the next event and the deploy that it belongs to, since one listener may hear of several
   * deploys at once. Calls {@link #onEvent(DeployEvent)} by default.
   */
  default void onEvent(DeployIdentity deploy, DeployEvent event) {
    onEvent(event);
  }

  /**
   * Takes the progress of a long step, several times a second, for example for a progress bar.
   * Everything that belongs into a log comes as an event. Does nothing by default.
   */
  default void onProgress(Progress progress) {}
}
