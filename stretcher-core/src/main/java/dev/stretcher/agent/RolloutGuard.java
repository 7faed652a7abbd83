package dev.stretcher.agent;

import dev.stretcher.fleet.DesiredState;
import dev.stretcher.internal.pause.Backoff;
import dev.stretcher.internal.rollout.Failures;
import dev.stretcher.process.Interrupts;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Watches for failures of other hosts after this one has had its turn, in a rollout whose hosts go
 * back when there are too many: until all hosts have had theirs. Thread-safe.
 */
final class RolloutGuard {
  private static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final Duration APART = Duration.ofMillis(120);

  private final Services services;
  private final Runnable onTooMany;
  private @Nullable Future<?> watching;

  /**
   * Creates a guard that watches nothing yet.
   *
   * @param onTooMany is told, once, that what is desired was given up
   */
  RolloutGuard(Services services, Runnable onTooMany) {
    this.services = services;
    this.onTooMany = onTooMany;
  }

  /** Watches a rollout, in place of an earlier one. */
  synchronized void watch(DesiredState desired) {
    end();
    if (Failures.matter(desired) && services.triesAgain()) {
      try {
        watching = services.threads().submit(() -> run(desired));
      } catch (RejectedExecutionException e) {
        // This agent ends.
        watching = null;
      }
    }
  }

  /** Watches no more. */
  synchronized void end() {
    if (watching != null) {
      watching.cancel(true);
      watching = null;
    }
  }

  private Object run(DesiredState desired) throws InterruptedException {
    Failures failures = new Failures(services.store(), desired, services.node());
    Backoff backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, services.random());
    while (true) {
      try {
        failures.await();
        if (failures.tooMany().isPresent()) {
          onTooMany.run();
          return this;
        }
        if (failures.areFinal()) {
          return this;
        }
        backoff.reset();
        services.pauses().sleep(APART);
      } catch (IOException e) {
        Interrupts.rethrow(e);
        services.pauses().sleep(backoff.next());
      }
    }
  }

  /** Returns why what is desired was given up; empty if it was not, or if that is not known. */
  Optional<String> givenUp(DesiredState desired) throws InterruptedException {
    if (!Failures.matter(desired)) {
      return Optional.empty();
    }
    try {
      return new Failures(services.store(), desired, services.node()).tooMany();
    } catch (IOException e) {
      Interrupts.rethrow(e);
      return Optional.empty();
    }
  }
}
