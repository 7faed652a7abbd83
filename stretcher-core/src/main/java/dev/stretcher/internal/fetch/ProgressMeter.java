package dev.stretcher.internal.fetch;

import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.Progress;
import dev.stretcher.report.Stage;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Reports the progress of a step: to listeners several times a second, to the log every ten
 * seconds. Used by one thread.
 */
final class ProgressMeter {
  private static final long TELL_NANOS = Duration.ofMillis(200).toNanos();
  private static final long LOG_NANOS = Duration.ofSeconds(10).toNanos();

  private final Reporter reporter;
  private final Stage stage;
  private final OptionalLong total;
  private final LongSupplier nanoTime;
  private final long start;
  private long told;
  private long logged;
  private long bytes;

  ProgressMeter(Reporter reporter, Stage stage, OptionalLong total) {
    this(reporter, stage, total, System::nanoTime);
  }

  ProgressMeter(Reporter reporter, Stage stage, OptionalLong total, LongSupplier nanoTime) {
    this.reporter = reporter;
    this.stage = stage;
    this.total = total;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.told = start;
    this.logged = start;
  }

  /** Adds bytes that were processed. */
  void add(long count) {
    bytes += count;
    long now = nanoTime.getAsLong();
    if (now - told < TELL_NANOS) {
      return;
    }
    told = now;
    Progress progress = new Progress(stage, bytes, total, Duration.ofNanos(now - start));
    reporter.progress(progress);
    if (now - logged >= LOG_NANOS) {
      logged = now;
      reporter.report(new DeployEvent.StillRunning(progress));
    }
  }
}
