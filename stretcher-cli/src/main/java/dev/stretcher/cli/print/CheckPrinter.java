package dev.stretcher.cli.print;

import dev.stretcher.CheckReport;
import dev.stretcher.cli.flag.FlagNames;
import dev.stretcher.report.Secrets;
import dev.stretcher.spi.SyncPlan;
import dev.stretcher.text.Printable;
import dev.stretcher.text.RedactedUri;
import java.io.PrintStream;
import java.util.List;

/** Prints the report of a check: the steps to STDOUT, warnings and problems to STDERR. */
public final class CheckPrinter {
  private static final String FURTHER = "\n" + " ".repeat(6);

  private final PrintStream out;
  private final PrintStream err;
  private final Secrets secrets;
  private final FlagNames words;

  /** Creates the printer. */
  public CheckPrinter(PrintStream out, PrintStream err, FlagNames words, Secrets secrets) {
    this.words = words;
    this.secrets = secrets;
    this.out = out;
    this.err = err;
  }

  /** Prints a report. */
  public void print(CheckReport report) {
    printSteps(report.steps());
    report.sync().ifPresent(this::printPlan);
    String manifest = secrets.apply(RedactedUri.of(report.manifest()));
    report
        .warnings()
        .forEach(
            warning ->
                err.println(
                    manifest + ": warning: " + words.apply(secrets.apply(warning.toString()))));
    report
        .problems()
        .forEach(
            problem ->
                err.println(
                    manifest + ": error: " + words.apply(secrets.apply(problem.toString()))));
    if (report.ok()) {
      out.println("ok");
    }
  }

  private void printSteps(List<String> steps) {
    for (int i = 0; i < steps.size(); i++) {
      String number = i + 1 + ". ";
      // Only a command has further lines.
      out.println(number + String.join(FURTHER, Printable.lines(secrets.apply(steps.get(i)))));
    }
  }

  private void printPlan(SyncPlan plan) {
    out.println("the sync would:");
    plan.lines().forEach(line -> out.println("  " + Printable.line(secrets.apply(line))));
    out.println("  " + Printable.line(plan.summary()));
  }
}
