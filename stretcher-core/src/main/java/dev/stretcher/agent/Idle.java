package dev.stretcher.agent;

import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.internal.pause.Turns;
import dev.stretcher.internal.status.DeployEars;
import dev.stretcher.process.Background;

/** Waits in which an app does nothing, so that others may deploy. Used by one thread at a time. */
record Idle(AppName app, Turns turns, Cancellation cancellation, DeployEars ears) {
  /**
   * Waits for something.
   *
   * @throws InterruptedException if it was cancelled
   */
  <T> T await(DesiredState desired, Background.Work<T, RuntimeException> wait)
      throws InterruptedException {
    cancellation.enter(desired, true);
    turns.giveBack(app);
    try {
      return wait.call();
    } finally {
      ears.end();
      cancellation.leave();
      turns.takeUninterruptibly(app);
    }
  }
}
