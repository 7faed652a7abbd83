package dev.stretcher.report;

/**
 * Is told what happens during a deploy. Consoles, progress bars and metrics are listeners.
 *
 * <p>Called from the thread that deploys and from threads that read the output of processes, one
 * call at a time. A listener that throws is reported in the log and otherwise ignored.
 */
@FunctionalInterface
public interface DeployListener {
  /** Takes the next event. */
  void onEvent(DeployEvent event);

  /**
   * Takes the next event, and is told which deploy it is of: one listener may hear of several at
   * once. By default, it is {@link #onEvent(DeployEvent)} that takes it.
   */
  default void onEvent(DeployIdentity deploy, DeployEvent event) {
    onEvent(event);
  }

  /**
   * Is told several times a second how far a long step is, for example for a progress bar. What
   * belongs into a log comes as events. Does nothing by default.
   */
  default void onProgress(Progress progress) {}
}
