package dev.stretcher.agent;

import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.HostState;
import dev.stretcher.internal.status.StatusDesk;
import dev.stretcher.report.Stage;
import dev.stretcher.text.GoDuration;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A time by chance that passes before a version is fetched, so that not all hosts of a fleet fetch
 * at once. It has passed before a slot is taken. Used by one thread at a time.
 */
record StartDelay(Services services, StatusDesk desk, Cancellation cancellation, Idle idle) {
  /** Lets it pass; tells whether it has. */
  boolean pass(DesiredState desired) {
    long bound = services.randomDelay().toNanos();
    return bound == 0 || pass(desired, Duration.ofNanos(services.random().nextLong(bound)));
  }

  private boolean pass(DesiredState desired, Duration delay) {
    say("begins in " + GoDuration.format(delay.truncatedTo(ChronoUnit.MILLIS)));
    try {
      idle.await(
          desired,
          () -> {
            services.pauses().sleep(delay);
            return delay;
          });
      return true;
    } catch (InterruptedException e) {
      if (cancellation.isStopped()) {
        say("the agent was ended before it began");
      } else if (!cancellation.isNewest(desired)) {
        desk.say(HostState.SUPERSEDED, Optional.of(Stage.EVENT), Optional.empty());
      }
      return false;
    }
  }

  private void say(String reason) {
    desk.say(HostState.WAITING, Optional.of(Stage.EVENT), Optional.of(reason));
  }
}
