package dev.stretcher.agent;

import dev.stretcher.Deployment;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.HostState;
import dev.stretcher.internal.live.Live;
import dev.stretcher.internal.rollout.Blame;
import dev.stretcher.internal.status.DeployEars;
import dev.stretcher.report.Stage;
import dev.stretcher.report.StretcherException;
import java.util.Optional;

/** What follows from the end of a deploy: what is live, what is said, whether it is tried again. */
final class DeployEnd {
  private final AppMemory memory;
  private final DeployEars ears;
  private final LiveRecord record;
  private final Outcomes outcomes;
  private final Cancellation cancellation;
  private final RolloutGuard guard;

  DeployEnd(
      AppMemory memory,
      DeployEars ears,
      LiveRecord record,
      Outcomes outcomes,
      Cancellation cancellation,
      RolloutGuard guard) {
    this.memory = memory;
    this.ears = ears;
    this.record = record;
    this.outcomes = outcomes;
    this.cancellation = cancellation;
    this.guard = guard;
  }

  /**
   * It came to its end.
   *
   * @param target what was to be deployed
   * @param before what was live before
   */
  Attempt.Ended done(DesiredState desired, Target target, Live before, Deployment deployment) {
    if (deployment instanceof Deployment.Superseded) {
      record.untouched(before);
      outcomes.waiting(Stage.LOCK, "a newer event was deployed to its dest", ears.log());
      return Attempt.Ended.AGAIN;
    }
    record.deployed(target.state(), deployment, ears.deploy());
    if (target.isBack()) {
      wentBack(desired, target);
    } else {
      outcomes.live(desired, Optional.of(ears.log()));
      guard.watch(desired);
    }
    return Attempt.Ended.DONE;
  }

  /** Where it failed it has failed still: what others count stays as it is. */
  private void wentBack(DesiredState desired, Target target) {
    String reason = target.wasLive() ? target.reason() : memory.now().error().orElse("it failed");
    outcomes.ended(
        desired,
        target.wasLive() ? HostState.HELD : HostState.ROLLED_BACK,
        "%s; this host went back to %s".formatted(reason, target.state().id()),
        Optional.of(ears.log()));
  }

  /**
   * It has failed.
   *
   * @param before what was live before
   */
  Attempt.Ended failed(DesiredState desired, Live before, StretcherException failure) {
    if (Blame.leftDestAlone(failure)) {
      record.untouched(before);
    } else {
      record.touched(desired, before, ears.deploy());
    }
    String error = failure.getMessage();
    if (Blame.of(failure) == Blame.CIRCUMSTANCES) {
      outcomes.postponed(desired, failure.stage(), error, ears.log());
      return Attempt.Ended.AGAIN;
    }
    HostState state = ears.isRolledBack() ? HostState.ROLLED_BACK : HostState.FAILED;
    return failed(desired, state, failure.stage(), error);
  }

  /** Something has failed that no failure of a deploy should be. */
  Attempt.Ended failed(DesiredState desired, Throwable defect) {
    return failed(desired, HostState.FAILED, Stage.UNKNOWN, "an unexpected failure: " + defect);
  }

  private Attempt.Ended failed(DesiredState desired, HostState state, Stage stage, String error) {
    outcomes.failed(desired, state, stage, error, ears.log());
    if (!desired.rules().isFree()) {
      guard.watch(desired);
    }
    return Attempt.Ended.DONE;
  }

  /**
   * It was interrupted.
   *
   * @param before what was live before
   */
  Attempt.Ended cancelled(DesiredState desired, Live before) {
    if (!ears.isPastFetching()) {
      record.untouched(before);
    }
    outcomes.live();
    memory.save();
    if (cancellation.isStopped()) {
      outcomes.waiting(Stage.UNKNOWN, "the agent was ended during this deploy", ears.log());
    } else if (!cancellation.isNewest(desired)) {
      outcomes.superseded(ears.log());
    }
    return Attempt.Ended.DONE;
  }
}
