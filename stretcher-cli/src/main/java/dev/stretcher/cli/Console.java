package dev.stretcher.cli;

import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployListener;
import dev.stretcher.report.DeployLog;
import dev.stretcher.report.LocalClock;
import dev.stretcher.spi.Hook;
import dev.stretcher.spi.HookOutput;
import java.io.PrintStream;

/**
 * Prints the log to STDERR, and the output of {@code success} and {@code failure} commands to where
 * they printed it.
 */
final class Console implements DeployListener {
  private final PrintStream out;
  private final PrintStream err;
  private final DeployLog log;

  Console(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
    this.log = new DeployLog(new LocalClock(), err::println);
  }

  @Override
  public void onEvent(DeployEvent event) {
    log.onEvent(event);
    if (event instanceof DeployEvent.HookPrinted printed && isReport(printed.phase())) {
      (printed.stream() == HookOutput.Stream.OUT ? out : err).println(printed.line());
    }
  }

  static boolean isReport(Hook.Phase phase) {
    return phase == Hook.Phase.SUCCESS || phase == Hook.Phase.FAILURE;
  }
}
