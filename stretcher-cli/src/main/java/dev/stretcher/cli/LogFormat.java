package dev.stretcher.cli;

import dev.stretcher.report.DeployListener;
import java.io.PrintStream;
import java.time.Clock;

/** How the log is written. */
enum LogFormat {
  /** Lines for people. */
  TEXT {
    @Override
    DeployListener listener(PrintStream out, PrintStream err, boolean terminal) {
      DeployListener console = new Console(out, err);
      return terminal ? new ProgressLine(console, err) : console;
    }
  },
  /** Lines for programs. */
  JSON {
    @Override
    DeployListener listener(PrintStream out, PrintStream err, boolean terminal) {
      return new JsonLog(Clock.systemUTC(), out, err);
    }
  };

  /**
   * Returns what writes it.
   *
   * @param terminal whether {@code err} is one, on which progress can be shown
   */
  abstract DeployListener listener(PrintStream out, PrintStream err, boolean terminal);

  static LogFormat of(String name) throws UsageException {
    return switch (name) {
      case "text" -> TEXT;
      case "json" -> JSON;
      default ->
          throw new FlagValueException(Flags.LOG_FORMAT, "'" + name + "' is not text or json");
    };
  }
}
