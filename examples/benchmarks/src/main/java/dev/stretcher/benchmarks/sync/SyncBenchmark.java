package dev.stretcher.benchmarks.sync;

import dev.stretcher.benchmarks.measure.Flags;
import dev.stretcher.benchmarks.measure.Machine;
import dev.stretcher.benchmarks.measure.MarkedText;
import dev.stretcher.benchmarks.measure.Options;
import dev.stretcher.benchmarks.measure.ScratchDirectory;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Measures a syncer beside {@code rsync -a --delete}, and prints a table in Markdown; see {@code
 * docs/benchmarks.md} for the flags.
 */
public final class SyncBenchmark {
  private SyncBenchmark() {}

  /** Runs it; a failure, such as a dest that is wrong, ends the program with its exception. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Options options = Flags.parse(args);
    ScratchDirectory.removeWhenEnded(Thread.currentThread());
    Report report = measure(options, Flags.command("sync.sh", args));
    System.out.print(report.full());
    if (options.write()) {
      MarkedText.replace(options.repository().resolve("docs/benchmarks.md"), "sync", report.full());
      MarkedText.replace(options.repository().resolve("README.md"), "sync", report.brief());
    }
  }

  /** Measures all cases; nothing is left on the disk. */
  static Report measure(Options options, String command) throws IOException, InterruptedException {
    try (ScratchDirectory scratch = ScratchDirectory.in(options.directory())) {
      List<CaseResult> results = new Measurement(options, scratch.path()).run();
      Machine machine = Machine.here(scratch.path());
      return new Report(
          options.strategy(), results, LocalDate.now(ZoneOffset.UTC), machine, command);
    }
  }
}
