package dev.stretcher.cli.log;

import dev.stretcher.report.DeployListener;
import java.io.PrintStream;
import java.time.Clock;
import java.util.function.UnaryOperator;

/** How the log is written. */
public enum LogFormat {
  /** Lines for people. */
  TEXT {
    @Override
    public DeployListener listener(
        PrintStream out, PrintStream err, boolean terminal, UnaryOperator<String> words) {
      DeployListener console = new Console(out, err, words);
      return terminal ? new ProgressLine(console, err) : console;
    }
  },
  /** Lines for programs. */
  JSON {
    @Override
    public DeployListener listener(
        PrintStream out, PrintStream err, boolean terminal, UnaryOperator<String> words) {
      return new JsonLog(Clock.systemUTC(), out, err);
    }
  };

  /**
   * Returns the listener that writes the log.
   *
   * @param terminal whether {@code err} is one, on which progress can be shown
   * @param words puts the words of the command line into what people read
   */
  public abstract DeployListener listener(
      PrintStream out, PrintStream err, boolean terminal, UnaryOperator<String> words);
}
