package dev.stretcher.cli.log;

import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployListener;
import dev.stretcher.report.Progress;
import dev.stretcher.report.Stage;
import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/**
 * Shows on a terminal how far a long step is: below the log, in one line that makes way for the
 * next one of the log.
 */
final class ProgressLine implements DeployListener {
  private final DeployListener log;
  private final PrintStream err;
  private @Nullable ProgressBar bar;
  private boolean fetched;

  ProgressLine(DeployListener log, PrintStream err) {
    this.log = log;
    this.err = err;
  }

  @Override
  public void onEvent(DeployEvent event) {
    if (event instanceof DeployEvent.StillRunning) {
      return;
    }
    if (event instanceof DeployEvent.Fetched) {
      fetched = true;
    }
    hide();
    log.onEvent(event);
  }

  private void hide() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  /** While an archive arrives, that is what everything else waits for. */
  @Override
  public void onProgress(Progress progress) {
    if (progress.stage() == Stage.EXTRACT && !fetched) {
      return;
    }
    if (bar == null) {
      bar = show(progress);
    }
    bar.stepTo(progress.bytes());
  }

  private ProgressBar show(Progress progress) {
    String task = progress.stage() == Stage.FETCH ? "Fetching" : "Extracting";
    return Bar.ofBytes(err, task, progress.total().orElse(-1))
        .startsFrom(progress.bytes(), progress.elapsed())
        .build();
  }
}
