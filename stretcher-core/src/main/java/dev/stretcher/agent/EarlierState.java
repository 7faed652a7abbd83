package dev.stretcher.agent;

import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.Fleet;
import dev.stretcher.internal.desired.DesiredSignature;
import dev.stretcher.internal.live.Live;
import dev.stretcher.process.Interrupts;
import java.io.IOException;
import java.util.Optional;

/** Finds what a host goes back to that has had its turn in a rollout which was given up. */
final class EarlierState {
  private final AppName app;
  private final Services services;
  private final RolloutGuard guard;

  EarlierState(AppName app, Services services, RolloutGuard guard) {
    this.app = app;
    this.services = services;
    this.guard = guard;
  }

  /**
   * Returns what is to be deployed; empty if the rollout goes on, or there is nothing to go back
   * to, or that is live already.
   *
   * @param live what is live
   * @throws InterruptedException if the thread was interrupted
   */
  Optional<Target> of(DesiredState desired, Live live) throws InterruptedException {
    Optional<String> reason = guard.givenUp(desired);
    if (reason.isEmpty()) {
      return Optional.empty();
    }
    Optional<DesiredState> earlier = inHistory(desired);
    if (earlier.isEmpty()) {
      services
          .listener()
          .onWarning(
              app,
              "%s was given up (%s), and the history of the store has nothing to go back to"
                  .formatted(desired.id(), reason.get()));
    }
    return earlier
        .filter(state -> !live.is(state.pin()))
        .map(state -> new Target(state, live.is(desired.pin()), reason.get()));
  }

  private Optional<DesiredState> inHistory(DesiredState desired) throws InterruptedException {
    try {
      return Fleet.over(services.store())
          .before(desired)
          .filter(each -> each.app().equals(app))
          .filter(each -> !each.pin().equals(desired.pin()))
          .filter(each -> DesiredSignature.refuses(services.policy(), each).isEmpty());
    } catch (IOException e) {
      Interrupts.rethrow(e);
      return Optional.empty();
    }
  }
}
