package dev.stretcher.benchmarks.deploy;

import dev.stretcher.benchmarks.measure.Flags;
import dev.stretcher.benchmarks.measure.Machine;
import dev.stretcher.benchmarks.measure.MarkedText;
import dev.stretcher.benchmarks.measure.Options;
import dev.stretcher.benchmarks.measure.ScratchDirectory;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Measures releases and the switch between them, beside deploys by {@code tree}, and prints a table
 * in Markdown; see {@code docs/benchmarks.md} for the flags.
 */
public final class ReleaseBenchmark {
  private ReleaseBenchmark() {}

  /** Runs it; a failure, such as a release that is wrong, ends the program with its exception. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Options options = Flags.parse(args);
    ScratchDirectory.removeWhenEnded(Thread.currentThread());
    String report = measure(options, Flags.command("release.sh", args)).toString();
    System.out.print(report);
    if (options.write()) {
      MarkedText.replace(options.repository().resolve("docs/benchmarks.md"), "release", report);
    }
  }

  /** Measures all cases; nothing is left on the disk. */
  static ReleaseReport measure(Options options, String command)
      throws IOException, InterruptedException {
    try (ScratchDirectory scratch = ScratchDirectory.in(options.directory())) {
      ReleaseMeasurement measurement = new ReleaseMeasurement(options, scratch.path());
      return new ReleaseReport(
          measurement.run(),
          new SwitchMeasurement(scratch.path().resolve("switches")).run(),
          LocalDate.now(ZoneOffset.UTC),
          Machine.here(scratch.path()),
          command);
    }
  }
}
