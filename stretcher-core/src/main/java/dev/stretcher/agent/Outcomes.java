package dev.stretcher.agent;

import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostState;
import dev.stretcher.internal.live.Memory;
import dev.stretcher.internal.status.HeadAndTail;
import dev.stretcher.internal.status.Outbox;
import dev.stretcher.internal.status.StatusDesk;
import dev.stretcher.report.Stage;
import dev.stretcher.store.Change;
import java.util.List;
import java.util.Optional;

/** Says how attempts ended, to the store and to the next start of the agent. */
final class Outcomes {
  private final AppName app;
  private final Services services;
  private final AppMemory memory;
  private final StatusDesk desk;

  Outcomes(AppName app, Services services, AppMemory memory, StatusDesk desk) {
    this.app = app;
    this.services = services;
    this.memory = memory;
    this.desk = desk;
  }

  /** What is desired is live. */
  void live(DesiredState desired, Optional<HeadAndTail> log) {
    ended(desired, HostState.LIVE, Optional.empty(), Optional.empty(), log);
  }

  /** It ended otherwise, without a deploy of it. */
  void ended(DesiredState desired, HostState state, String error, Optional<HeadAndTail> log) {
    ended(desired, state, Optional.empty(), Optional.of(error), log);
  }

  /** It has failed, and is not tried again until something else is desired. */
  void failed(DesiredState desired, HostState state, Stage stage, String error, HeadAndTail log) {
    ended(desired, state, Optional.of(stage), Optional.of(error), Optional.of(log));
    if (!desired.rules().isFree()) {
      String what = "%s %s".formatted(Long.toString(desired.generation()), services.node());
      Change.Put bell = new Change.Put(FleetKeys.failures(app), what, 0, Change.Condition.NONE);
      services.outbox().put(List.of(new Outbox.Letter(app, bell)));
    }
  }

  /** It has failed by circumstances, and is tried again. */
  void postponed(DesiredState desired, Stage stage, String error, HeadAndTail log) {
    live();
    memory.outcome(desired, HostState.WAITING, Optional.of(services.secrets().apply(error)));
    memory.save();
    waiting(stage, error, log);
  }

  /** Says why it waits; the next start does not learn that. */
  void waiting(Stage stage, String reason, HeadAndTail log) {
    desk.say(HostState.WAITING, Optional.of(stage), Optional.of(reason), Optional.of(log));
  }

  /** Something newer is desired. */
  void superseded(HeadAndTail log) {
    desk.say(HostState.SUPERSEDED, Optional.of(Stage.FETCH), Optional.empty(), Optional.of(log));
  }

  /** Says once more how the last deploy ended. */
  void again() {
    Memory now = memory.now();
    desk.say(now.outcome().orElseThrow(), Optional.empty(), now.error());
    memory.save();
  }

  /** Says what is live. */
  void live() {
    desk.live(memory.now().liveId());
  }

  private void ended(
      DesiredState desired,
      HostState state,
      Optional<Stage> stage,
      Optional<String> error,
      Optional<HeadAndTail> log) {
    memory.outcome(desired, state, error.map(services.secrets()));
    live();
    // Before the file, which may be slow: others wait for this.
    desk.say(state, stage, error, log);
    memory.save();
  }
}
