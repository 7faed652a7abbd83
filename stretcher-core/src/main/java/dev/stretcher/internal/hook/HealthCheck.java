package dev.stretcher.internal.hook;

import dev.stretcher.internal.engine.SteadyClock;
import dev.stretcher.manifest.Health;
import dev.stretcher.report.StretcherException.Failure;
import dev.stretcher.report.StretcherException.HookFailed;
import dev.stretcher.spi.Hook;
import dev.stretcher.text.GoDuration;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides when health commands run, whether they have passed long enough, and when it is too late.
 *
 * <p>A pass counts from the end of its round: a round may have waited for the application.
 */
final class HealthCheck {
  /** From the begin of a round to that of the next one. */
  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** The rounds, in each of which all commands run. */
  interface Rounds {
    /**
     * Runs a round, which must end in the time that is left.
     *
     * @return how it failed; empty if all commands passed
     */
    Optional<HookFailed> run(Duration left) throws InterruptedException;

    /** Hears that another round follows one that failed. */
    void retried(HookFailed failure, Duration left);
  }

  /**
   * What was found, if the commands passed.
   *
   * @param rounds how often they ran
   * @param elapsed how long that took
   */
  record Passed(int rounds, Duration elapsed) {}

  private final Health health;
  private final SteadyClock clock;
  private final Rounds rounds;
  private final long start;
  private int count;
  private Optional<HookFailed> failure = Optional.empty();
  private Optional<Duration> passingSince = Optional.empty();

  /** Begins now. */
  HealthCheck(Health health, SteadyClock clock, Rounds rounds) {
    this.health = health;
    this.clock = clock;
    this.rounds = rounds;
    this.start = clock.nanoTime();
  }

  Passed run() throws HookFailed, InterruptedException {
    while (true) {
      Duration begun = elapsed();
      if (count > 0 && begun.compareTo(health.within()) >= 0) {
        throw tooLate(begun);
      }
      round(begun);
      Duration now = elapsed();
      if (hasPassedLongEnough(now)) {
        return new Passed(count, now);
      }
      Duration next = next(begun, now);
      if (earliestEnd(next).compareTo(health.within()) >= 0) {
        throw tooLate(now);
      }
      if (passingSince.isEmpty()) {
        rounds.retried(failure.orElseThrow(), health.within().minus(now));
      }
      clock.sleep(next.minus(now));
    }
  }

  private Duration elapsed() {
    return Duration.ofNanos(clock.nanoTime() - start);
  }

  private void round(Duration begun) throws InterruptedException {
    count++;
    Optional<HookFailed> failed = rounds.run(health.within().minus(begun));
    if (failed.isPresent()) {
      failure = failed;
      passingSince = Optional.empty();
    } else if (passingSince.isEmpty()) {
      passingSince = Optional.of(elapsed());
    }
  }

  private boolean hasPassedLongEnough(Duration now) {
    return passingSince.isPresent()
        && now.minus(passingSince.get()).compareTo(health.steady()) >= 0;
  }

  /** Returns when the next round begins: the last one as soon as it decides. */
  private Duration next(Duration begun, Duration now) {
    Duration next = begun.plus(PERIOD);
    if (passingSince.isPresent() && earliestEnd(next).compareTo(next) < 0) {
      next = earliestEnd(next);
    }
    return next.compareTo(now) < 0 ? now : next;
  }

  /** Returns when the commands can have passed long enough, if the next round passes. */
  private Duration earliestEnd(Duration next) {
    return passingSince.orElse(next).plus(health.steady());
  }

  private HookFailed tooLate(Duration now) {
    List<String> lines = health.commands().lines();
    String command = failure.map(HookFailed::command).orElse(lines.get(lines.size() - 1));
    @Nullable Integer status = failure.flatMap(HookFailed::exitStatus).orElse(null);
    return new HookFailed(Hook.Phase.HEALTH, command, status, why(now));
  }

  private Failure why(Duration now) {
    String must =
        "have to pass%s within %s"
            .formatted(
                health.steady().isZero() ? "" : " for " + GoDuration.format(health.steady()),
                GoDuration.format(health.within()));
    if (passingSince.isPresent()) {
      return Failure.of(
              "health commands passed only after %s, and %s"
                  .formatted(shown(passingSince.get()), must))
          .withRemedy("raise health.within, or lower health.for");
    }
    String tried =
        count == 1 ? "the only round" : "the last of %s rounds in %s".formatted(count, shown(now));
    // The remedy of one command alone does not help.
    HookFailed last = failure.orElseThrow();
    return Failure.of("%s, in %s; the commands %s".formatted(last.what(), tried, must), last)
        .withRemedy("find out why they do not, or raise health.within");
  }

  private static String shown(Duration duration) {
    return GoDuration.format(duration.truncatedTo(ChronoUnit.MILLIS));
  }
}
