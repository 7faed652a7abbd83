package dev.stretcher.cli.log;

import dev.stretcher.report.DeployListener;
import dev.stretcher.report.Secrets;
import java.io.PrintStream;
import java.time.Clock;
import java.util.function.UnaryOperator;

/** How the log is written. */
public enum LogFormat {
  /** Lines for people. */
  TEXT {
    @Override
    public DeployListener listener(
        PrintStream out,
        PrintStream err,
        boolean terminal,
        UnaryOperator<String> words,
        Secrets secrets,
        String app) {
      if (!app.isEmpty()) {
        return new Console(new PrefixStream(out, app), new PrefixStream(err, app), words, secrets);
      }
      DeployListener console = new Console(out, err, words, secrets);
      return terminal ? new ProgressLine(console, err) : console;
    }
  },
  /** Lines for programs. */
  JSON {
    @Override
    public DeployListener listener(
        PrintStream out,
        PrintStream err,
        boolean terminal,
        UnaryOperator<String> words,
        Secrets secrets,
        String app) {
      return new JsonLog(Clock.systemUTC(), out, err, secrets, app);
    }
  };

  /**
   * Returns the listener that writes the log.
   *
   * @param terminal whether {@code err} is one, on which progress can be shown
   * @param words puts the words of the command line into what people read
   * @param secrets what is masked
   * @param app the app whose deploys these are, which stands in front of each line; empty if there
   *     is only one
   */
  public abstract DeployListener listener(
      PrintStream out,
      PrintStream err,
      boolean terminal,
      UnaryOperator<String> words,
      Secrets secrets,
      String app);
}
