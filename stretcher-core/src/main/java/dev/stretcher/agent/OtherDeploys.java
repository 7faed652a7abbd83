package dev.stretcher.agent;

import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.HostState;
import dev.stretcher.internal.live.Live;
import dev.stretcher.internal.status.StatusDesk;
import java.util.Optional;

/** Says what is live of an app after somebody else has deployed. Run by one thread at a time. */
final class OtherDeploys {
  private final AppMemory memory;
  private final StatusDesk desk;
  private final LiveRecord record;
  private final Outcomes outcomes;

  OtherDeploys(AppMemory memory, StatusDesk desk, LiveRecord record, Outcomes outcomes) {
    this.memory = memory;
    this.desk = desk;
    this.record = record;
    this.outcomes = outcomes;
  }

  /** Measures it. */
  void look() {
    DesiredState desired = memory.now().desired().orElseThrow();
    Live live = record.measured(desired);
    boolean wasLive = desk.state().equals(Optional.of(HostState.LIVE));
    if (live.is(desired.pin()) == wasLive) {
      outcomes.live();
      desk.sayAgain();
      memory.save();
    } else if (wasLive) {
      outcomes.ended(desired, HostState.SUPERSEDED, replaced(desired, live), Optional.empty());
    } else {
      outcomes.live(desired, Optional.empty());
    }
  }

  private static String replaced(DesiredState desired, Live live) {
    String what =
        live.digest().isPresent()
            ? "has replaced it"
            : "did not succeed, and it is not known what is live";
    return "another deploy to %s %s; a new rollout, or a retry (SIGUSR1), brings %s back"
        .formatted(live.dest().orElse("its dest"), what, desired.id());
  }
}
