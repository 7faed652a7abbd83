package dev.stretcher.cli.log;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** The bars of all that is long: one line on a terminal, that goes when it is over. */
final class Bar {
  private static final long MEGABYTE = 1_000_000;
  private static final int OFTEN_MILLIS = 200;

  private Bar() {}

  /** Returns a bar. */
  static ProgressBarBuilder on(PrintStream err, String task) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(OFTEN_MILLIS)
        .setConsumer(new OneLine(err))
        .clearDisplayOnFinish();
  }

  /** Returns a bar that counts bytes; -1 stands for a length that is not known. */
  static ProgressBarBuilder ofBytes(PrintStream err, String task, long length) {
    return on(err, task).setInitialMax(length).setUnit(" MB", MEGABYTE).showSpeed();
  }
}
