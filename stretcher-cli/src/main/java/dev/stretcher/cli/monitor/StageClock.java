package dev.stretcher.cli.monitor;

import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.Stage;
import dev.stretcher.spi.Hook;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Measures the stages of deploys that come one after the other. Thread-safe. */
final class StageClock {
  private final LongSupplier nanoTime;
  private final BiConsumer<Stage, Long> times;
  private @Nullable Stage stage;
  private long since;

  /**
   * Creates one.
   *
   * @param times takes a stage that has ended, and its nanoseconds
   */
  StageClock(LongSupplier nanoTime, BiConsumer<Stage, Long> times) {
    this.nanoTime = nanoTime;
    this.times = times;
  }

  synchronized void onEvent(DeployEvent event) {
    if (event instanceof DeployEvent.LoadingManifest) {
      enter(Stage.MANIFEST);
    } else if (isEnd(event)) {
      enter(null);
    } else if (stage != null) {
      advance(event);
    }
  }

  private static boolean isEnd(DeployEvent event) {
    return event instanceof DeployEvent.Succeeded
        || event instanceof DeployEvent.Failed
        || event instanceof DeployEvent.NotStarted
        || event instanceof DeployEvent.Cancelled
        || event instanceof DeployEvent.Superseded
        || event instanceof DeployEvent.Done;
  }

  private void advance(DeployEvent event) {
    if (event instanceof DeployEvent.WaitingForLock) {
      enter(Stage.LOCK);
    } else if (event instanceof DeployEvent.ExecutingManifest
        || event instanceof DeployEvent.WaitedForLock) {
      enter(Stage.FETCH);
    } else if (event instanceof DeployEvent.WaitingForTurn) {
      // No stage: nothing is done, for as long as others take.
      enter(Stage.UNKNOWN);
    } else if (event instanceof DeployEvent.WaitedForTurn) {
      enter(Stage.EXTRACT);
    } else if (event instanceof DeployEvent.Fetched) {
      enter(Stage.VERIFY);
    } else if (event instanceof DeployEvent.Verified || event instanceof DeployEvent.Extracting) {
      enter(Stage.EXTRACT);
    } else if (event instanceof DeployEvent.Extracted
        || event instanceof DeployEvent.ReleaseFound) {
      enter(Stage.SYNC);
    } else if (event instanceof DeployEvent.HookStarted started) {
      hook(started.phase());
    } else if (event instanceof DeployEvent.HookEnded ended && ended.phase() == Hook.Phase.PRE) {
      enter(Stage.EXTRACT);
    }
  }

  private void hook(Hook.Phase phase) {
    switch (phase) {
      case PRE -> enter(Stage.PRE);
      case POST -> enter(Stage.POST);
      case HEALTH -> enter(Stage.HEALTH);
      default -> {}
    }
  }

  private void enter(@Nullable Stage next) {
    long now = nanoTime.getAsLong();
    if (stage != null && stage != Stage.UNKNOWN) {
      times.accept(stage, now - since);
    }
    stage = next;
    since = now;
  }
}
