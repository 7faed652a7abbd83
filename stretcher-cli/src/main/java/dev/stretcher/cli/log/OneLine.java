package dev.stretcher.cli.log;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBarConsumer;

/** A line of a terminal that is written again and again. */
final class OneLine implements ProgressBarConsumer {
  // One less than the least that a terminal has: in the last column, some go on to the next line.
  private static final int LENGTH = 79;

  private final PrintStream terminal;

  OneLine(PrintStream terminal) {
    this.terminal = terminal;
  }

  @Override
  public int getMaxRenderedLength() {
    return LENGTH;
  }

  @Override
  public void accept(String text) {
    terminal.print("\r" + text);
    terminal.flush();
  }

  @Override
  public void clear() {
    accept(" ".repeat(LENGTH) + "\r");
  }

  @Override
  public void close() {
    terminal.flush();
  }
}
