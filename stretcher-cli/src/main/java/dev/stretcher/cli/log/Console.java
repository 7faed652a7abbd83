package dev.stretcher.cli.log;

import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployListener;
import dev.stretcher.report.DeployLog;
import dev.stretcher.report.LocalClock;
import dev.stretcher.report.Secrets;
import dev.stretcher.spi.HookOutput;
import dev.stretcher.text.Printable;
import java.io.PrintStream;
import java.time.Clock;
import java.util.function.UnaryOperator;

/**
 * Prints the log to STDERR, and the output of {@code success} and {@code failure} commands to the
 * stream that they printed it to.
 */
final class Console implements DeployListener {
  private final PrintStream out;
  private final PrintStream err;
  private final Secrets secrets;
  private final DeployLog log;
  private final DeployLog verbatim;

  Console(PrintStream out, PrintStream err, UnaryOperator<String> words, Secrets secrets) {
    this.out = out;
    this.err = err;
    this.secrets = secrets;
    Clock clock = new LocalClock();
    this.log = new DeployLog(clock, secrets, line -> err.println(words.apply(line)));
    this.verbatim = new DeployLog(clock, secrets, err::println);
  }

  @Override
  public void onEvent(DeployEvent event) {
    (isQuotation(event) ? verbatim : log).onEvent(event);
    if (event instanceof DeployEvent.HookPrinted printed && printed.phase().isAfterResult()) {
      if (printed.stream() == HookOutput.Stream.OUT) {
        out.println(printed.line());
      } else {
        // Among the lines of the log.
        err.println(Printable.line(secrets.apply(printed.line())));
      }
    }
  }

  /** Tells whether it is about what others wrote, such as a command, which stays as it is. */
  private static boolean isQuotation(DeployEvent event) {
    return event instanceof DeployEvent.ExecutingManifest
        || event instanceof DeployEvent.HookStarted
        || event instanceof DeployEvent.HookPrinted
        || event instanceof DeployEvent.SyncPrinted
        || event instanceof DeployEvent.WouldRun
        || event instanceof DeployEvent.WouldSync;
  }
}
