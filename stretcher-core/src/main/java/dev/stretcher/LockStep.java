package dev.stretcher;

import dev.stretcher.StretcherException.Busy;
import dev.stretcher.StretcherException.Failure;
import dev.stretcher.StretcherException.SyncFailed;
import dev.stretcher.internal.lock.DestLock;
import dev.stretcher.text.GoDuration;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Waits until no other deploy to the same dest is running. */
final class LockStep {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Engine engine;
  private final Reporter reporter;
  private final Path dest;

  LockStep(Engine engine, Reporter reporter, Path dest) {
    this.engine = engine;
    this.reporter = reporter;
    this.dest = dest;
  }

  DestLock acquire() throws Busy, SyncFailed, InterruptedException {
    Optional<DestLock> lock = tryAcquire();
    if (lock.isPresent()) {
      return lock.get();
    }
    Duration limit = engine.options().lockTimeout();
    reporter.report(new DeployEvent.WaitingForLock(dest, limit));
    long start = System.nanoTime();
    while (System.nanoTime() - start < limit.toNanos()) {
      TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
      lock = tryAcquire();
      if (lock.isPresent()) {
        return lock.get();
      }
    }
    throw new Busy(
        dest,
        Failure.of(
                "another deploy to %s did not end within %s"
                    .formatted(NativeText.text(dest), GoDuration.format(limit)))
            .withRemedy("look for a hook that hangs, or raise --lock-timeout"));
  }

  /**
   * Takes the lock where it belongs now that the {@code pre} commands have run, which may have
   * created the parent of dest.
   *
   * @return empty if {@code held} is still the right one
   */
  Optional<DestLock> acquireAgain(DestLock held) throws Busy, SyncFailed, InterruptedException {
    return location().equals(held.file()) ? Optional.empty() : Optional.of(acquire());
  }

  private Optional<DestLock> tryAcquire() throws SyncFailed {
    try {
      return DestLock.tryAcquire(location());
    } catch (IOException e) {
      throw new SyncFailed(
          Stage.LOCK,
          dest,
          Failure.of("cannot lock %s: %s".formatted(NativeText.text(dest), Reason.withFile(e)), e)
              .withRemedy("check the free space and the permissions beside dest"));
    }
  }

  private Path location() {
    return DestLock.location(Dest.of(dest).path(), engine.temporaryDirectory());
  }
}
