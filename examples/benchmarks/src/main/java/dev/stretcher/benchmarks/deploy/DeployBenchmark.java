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
 * Measures whole deploys beside the same steps in shell, and prints a table in Markdown; see {@code
 * docs/benchmarks.md} for the flags.
 */
public final class DeployBenchmark {
  private DeployBenchmark() {}

  /** Runs it; a failure, such as a dest that is wrong, ends the program with its exception. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Options options = Flags.parse(args);
    ScratchDirectory.removeWhenEnded(Thread.currentThread());
    String command = Flags.command("deploy.sh", args);
    tell("deploy", measure(options, command).toString(), options);
    tell("toc", measureToc(options, command).toString(), options);
  }

  private static void tell(String name, String report, Options options) throws IOException {
    System.out.print(report);
    if (options.write()) {
      MarkedText.replace(options.repository().resolve("docs/benchmarks.md"), name, report);
    }
  }

  /** Measures all cases; nothing is left on the disk. */
  static DeployReport measure(Options options, String command)
      throws IOException, InterruptedException {
    try (ScratchDirectory scratch = ScratchDirectory.in(options.directory())) {
      return new DeployReport(
          new DeployMeasurement(options, scratch.path()).run(),
          LocalDate.now(ZoneOffset.UTC),
          Machine.here(scratch.path()),
          command);
    }
  }

  /** Measures archives with a table of contents; nothing is left on the disk. */
  static TocReport measureToc(Options options, String command)
      throws IOException, InterruptedException {
    try (ScratchDirectory scratch = ScratchDirectory.in(options.directory())) {
      return new TocReport(
          new TocMeasurement(options, scratch.path()).run(),
          LocalDate.now(ZoneOffset.UTC),
          Machine.here(scratch.path()),
          command);
    }
  }
}
