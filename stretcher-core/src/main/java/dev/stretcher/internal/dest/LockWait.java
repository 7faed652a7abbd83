package dev.stretcher.internal.dest;

import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reason;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.option.Settings;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException.Busy;
import dev.stretcher.report.StretcherException.Failure;
import dev.stretcher.report.StretcherException.LockFailed;
import dev.stretcher.text.GoDuration;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The wait of a deploy for the locks of its dest: where they lie, how long it takes, and what may
 * fail.
 */
final class LockWait {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Engine engine;
  private final Reporter reporter;
  private final Path dest;

  LockWait(Engine engine, Reporter reporter, Path dest) {
    this.engine = engine;
    this.reporter = reporter;
    this.dest = dest;
  }

  /** Returns where the locks lie now; a command may let dest lead elsewhere at any time. */
  LockFiles files() {
    return LockFiles.of(dest, Dest.of(dest).path(), engine.temporaryDirectory());
  }

  /** An attempt to get something that another deploy may hold. */
  @FunctionalInterface
  interface Attempt {
    Optional<HeldLock> run() throws IOException, Busy, SupersededException;
  }

  /** Tries once. */
  Optional<HeldLock> attempt(Attempt attempt) throws Busy, LockFailed, SupersededException {
    try {
      return attempt.run();
    } catch (IOException e) {
      throw new LockFailed(
          dest,
          Failure.of("cannot lock %s: %s".formatted(NativeText.text(dest), Reason.withFile(e)), e)
              .withRemedy(
                  "check the free space and the permissions beside dest and the links in it"));
    }
  }

  /** Tries until it succeeds, or {@code --lock-timeout} is over. */
  HeldLock await(Attempt attempt)
      throws Busy, LockFailed, SupersededException, InterruptedException {
    Optional<HeldLock> held = attempt(attempt);
    if (held.isPresent()) {
      return held.get();
    }
    Duration limit = engine.options().get(Settings.LOCK_TIMEOUT);
    reporter.report(new DeployEvent.WaitingForLock(dest, limit));
    long start = System.nanoTime();
    try {
      held = poll(attempt, start + limit.toNanos());
    } finally {
      Duration waited = Duration.ofNanos(System.nanoTime() - start);
      reporter.report(new DeployEvent.WaitedForLock(dest, waited));
    }
    if (held.isPresent()) {
      return held.get();
    }
    throw busy(
        "another deploy to %s did not end within " + GoDuration.format(limit),
        "look for a hook that hangs, or raise " + Settings.LOCK_TIMEOUT.mention());
  }

  /** Tries until {@code deadline}, a {@link System#nanoTime}. */
  private Optional<HeldLock> poll(Attempt attempt, long deadline)
      throws Busy, LockFailed, SupersededException, InterruptedException {
    while (System.nanoTime() - deadline < 0) {
      TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
      Optional<HeldLock> held = attempt(attempt);
      if (held.isPresent()) {
        return held;
      }
    }
    return Optional.empty();
  }

  Busy busy(String what, String remedy) {
    return new Busy(dest, Failure.of(what.formatted(NativeText.text(dest))).withRemedy(remedy));
  }
}
