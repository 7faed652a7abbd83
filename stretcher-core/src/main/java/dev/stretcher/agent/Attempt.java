package dev.stretcher.agent;

import dev.stretcher.Deployment;
import dev.stretcher.Stretcher;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.HostState;
import dev.stretcher.internal.live.Live;
import dev.stretcher.internal.live.Memory;
import dev.stretcher.internal.status.DeployEars;
import dev.stretcher.internal.status.StatusDesk;
import dev.stretcher.report.Stage;
import dev.stretcher.report.StretcherException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Brings an app to what is desired now, unless that is live. Run by one thread at a time. */
final class Attempt implements AutoCloseable {
  private final Services services;
  private final AppMemory memory;
  private final StatusDesk desk;
  private final DeployEars ears;
  private final AppLibrary library;
  private final LiveRecord record;
  private final Outcomes outcomes;
  private final Cancellation cancellation;
  private final Idle idle;
  private final StartDelay delay;
  private final SwitchTurn turn;
  private final RolloutGuard guard;
  private final EarlierState earlier;
  private final DeployEnd end;

  /** How an attempt ended. */
  enum Ended {
    /** There is nothing to do until something else is desired. */
    DONE,
    /** It is to be tried again later. */
    AGAIN
  }

  /** How what is desired is deployed: at once, or with a wait for a turn on the way. */
  interface Way {
    /** Returns what is desired; its rules may change on the way. */
    DesiredState desired();

    /** Returns how long nothing was done. */
    Duration waited();

    Deployment deploy(Stretcher stretcher) throws StretcherException, InterruptedException;
  }

  /**
   * The way of a deploy that waits for nobody.
   *
   * @param manifest that of what is deployed, which may be what was desired before
   */
  private record AtOnce(DesiredState desired, URI manifest) implements Way {
    @Override
    public Duration waited() {
      return Duration.ZERO;
    }

    @Override
    public Deployment deploy(Stretcher stretcher) throws StretcherException, InterruptedException {
      return stretcher.deploy(manifest);
    }
  }

  /**
   * Creates an attempt.
   *
   * @param onGivenUp is told when what is desired was given up after it was live here
   */
  Attempt(AppName app, Services services, AppMemory memory, StatusDesk desk, Runnable onGivenUp) {
    this.services = services;
    this.memory = memory;
    this.desk = desk;
    this.ears =
        new DeployEars(
            desk,
            services.secrets(),
            services.clock(),
            services.pauses(),
            this::synced,
            this::triedAgain);
    this.library = new AppLibrary(app, services.deployer(), ears);
    this.record = new LiveRecord(app, services, memory, library::releases);
    this.outcomes = new Outcomes(app, services, memory, desk);
    this.cancellation = new Cancellation(memory);
    this.idle = new Idle(app, services.turns(), cancellation, ears);
    this.delay = new StartDelay(services, desk, cancellation, idle);
    this.turn = new SwitchTurn(app, services, desk);
    this.guard = new RolloutGuard(services, onGivenUp);
    this.earlier = new EarlierState(app, services, guard);
    this.end = new DeployEnd(memory, ears, record, outcomes, cancellation, guard);
  }

  /** Returns what says what is live after somebody else has deployed. */
  OtherDeploys others() {
    return new OtherDeploys(memory, desk, record, outcomes);
  }

  /**
   * Makes an attempt.
   *
   * @param retries whether what has failed is tried again
   */
  Ended run(boolean retries) {
    DesiredState desired = memory.now().desired().orElseThrow();
    // Only now: what another deploy says until it ends is said of what that one deploys.
    desk.desired(Optional.of(desired));
    try {
      Live live = record.measured(desired);
      outcomes.live();
      if (live.is(desired.pin()) || (!retries && memory.now().hasFailed())) {
        return settled(desired, live);
      }
      if (!delay.pass(desired)) {
        return Ended.DONE;
      }
      return desired.rules().isFree()
          ? deploy(desired, Target.of(desired), live)
          : inTurn(desired, live);
    } catch (RuntimeException | LinkageError e) {
      // The other apps must not suffer from a plug-in of this one.
      return end.failed(desired, e);
    }
  }

  /** This host has had its turn; it goes back if the rollout was given up, and its rules say so. */
  private Ended settled(DesiredState desired, Live live) {
    Optional<Target> back;
    try {
      back = earlier.of(desired, live);
    } catch (InterruptedException e) {
      return Ended.DONE;
    }
    if (back.isPresent()) {
      return deploy(desired, back.get(), live);
    }
    if (live.is(desired.pin())) {
      outcomes.live(desired, Optional.empty());
      guard.watch(desired);
    } else {
      outcomes.again();
    }
    return Ended.DONE;
  }

  /** A host that serves something fetches at once, and switches when the rules let it. */
  private Ended inTurn(DesiredState desired, Live before) {
    boolean serves = before.digest().isPresent();
    try {
      boolean isPrepared = serves && before.release().isPresent() && prepare(desired);
      if (serves && !isPrepared && services.triesAgain()) {
        return readyInTurn(desired, before);
      }
      return afterTurn(desired, serves, isPrepared ? HostState.PREPARED : HostState.WAITING);
    } catch (StretcherException e) {
      return end.failed(desired, before, e);
    } catch (InterruptedException e) {
      if (cancellation.isStopped()) {
        outcomes.waiting(Stage.UNKNOWN, "the agent was ended before its turn", ears.log());
      }
      return Ended.DONE;
    }
  }

  /** Deploys, and waits for the turn on the way; if it gives that up, it deploys after the turn. */
  private Ended readyInTurn(DesiredState desired, Live before) throws InterruptedException {
    try (InTurn way = new InTurn(desired, turn, idle, services.pauses(), memory, desk)) {
      ears.beginToPrepare(services.threads().submit(memory::save));
      Ended ended = deploy(way, Target.of(desired), before);
      return way.isGivenUp() ? afterTurn(way.desired(), true, HostState.WAITING) : ended;
    }
  }

  private Ended afterTurn(DesiredState desired, boolean serves, HostState waiting)
      throws InterruptedException {
    memory.save();
    Optional<SwitchTurn.Switching> switching =
        idle.await(desired, () -> turn.await(desired, serves, waiting));
    if (switching.isEmpty()) {
      return Ended.DONE;
    }
    try {
      // Others may have deployed meanwhile.
      return deploy(desired, Target.of(desired), record.measured(desired));
    } finally {
      switching.get().close();
    }
  }

  /** Returns whether a release lies ready; another kind of dest is left to the deploy. */
  private boolean prepare(DesiredState desired) throws StretcherException, InterruptedException {
    ears.beginToPrepare(services.threads().submit(memory::save));
    Stretcher stretcher = library.get();
    cancellation.enter(desired, false);
    try {
      stretcher.prepare(desired.manifest());
      return true;
    } catch (StretcherException.SyncFailed e) {
      return false;
    } finally {
      leave();
    }
  }

  private Ended deploy(DesiredState desired, Target target, Live before) {
    memory.step(Memory.Step.BEGUN);
    // The manifest is fetched meanwhile.
    ears.begin(services.threads().submit(memory::save));
    return deploy(new AtOnce(desired, target.state().manifest()), target, before);
  }

  private Ended deploy(Way way, Target target, Live before) {
    long start = System.nanoTime();
    try {
      Stretcher stretcher = library.get();
      cancellation.enter(way.desired(), false);
      Deployment deployment;
      try {
        deployment = way.deploy(stretcher);
      } finally {
        leave();
      }
      cost(start, way.waited());
      return end.done(way.desired(), target, before, deployment);
    } catch (StretcherException e) {
      cost(start, way.waited());
      return end.failed(way.desired(), before, e);
    } catch (InterruptedException e) {
      return end.cancelled(way.desired(), before);
    }
  }

  private void leave() {
    ears.end();
    cancellation.leave();
  }

  private void cost(long start, Duration waited) {
    desk.cost((System.nanoTime() - start - waited.toNanos()) / 1e9, ears.bytes());
  }

  private void synced() {
    note(memory -> memory.withStep(Memory.Step.SYNCED));
  }

  /** Who asks why this host has what it has asks what the agent remembers. */
  private void triedAgain(String cause) {
    Optional<String> error = Optional.of(services.secrets().apply(cause));
    note(memory -> memory.withOutcome(HostState.WAITING, error));
  }

  /** Remembers something of a deploy that runs. */
  private void note(UnaryOperator<Memory> change) {
    Optional<DesiredState> wanted = cancellation.wanted();
    if (wanted.isPresent() && !cancellation.isStopped()) {
      memory.change(wanted.get(), change);
      services.threads().execute(memory::save);
    }
  }

  /** Cancels a deploy that only fetches, if something else is desired by now. */
  void supersede() {
    guard.end();
    cancellation.supersede(ears::isPastFetching);
  }

  /** Ends a wait for others, if there is one: what follows begins anew. */
  void askAgain() {
    cancellation.askAgain();
  }

  void stop() {
    cancellation.stop();
  }

  @Override
  public void close() {
    library.close();
  }
}
