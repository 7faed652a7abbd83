package dev.stretcher.cli;

import dev.stretcher.DeployListener;
import java.io.PrintStream;
import java.time.Clock;

/** How the log is written. */
enum LogFormat {
  /** Lines for people. */
  TEXT {
    @Override
    DeployListener listener(PrintStream out, PrintStream err) {
      return new Console(out, err);
    }
  },
  /** Lines for programs. */
  JSON {
    @Override
    DeployListener listener(PrintStream out, PrintStream err) {
      return new JsonLog(Clock.systemUTC(), out, err);
    }
  };

  abstract DeployListener listener(PrintStream out, PrintStream err);

  static LogFormat of(String name) throws UsageException {
    return switch (name) {
      case "text" -> TEXT;
      case "json" -> JSON;
      default ->
          throw new UsageException(
              "Invalid value for option '--log-format': '" + name + "' is not text or json");
    };
  }
}
