package dev.stretcher.agent;

import dev.stretcher.Deployment;
import dev.stretcher.Stretcher;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.Fleet;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostState;
import dev.stretcher.internal.live.Live;
import dev.stretcher.internal.live.LiveMeasure;
import dev.stretcher.internal.live.Memory;
import dev.stretcher.internal.live.Reasons;
import dev.stretcher.internal.rollout.Blame;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.process.Background;
import dev.stretcher.process.Interrupts;
import dev.stretcher.release.Release;
import dev.stretcher.report.Stage;
import dev.stretcher.report.StretcherException;
import dev.stretcher.store.Change;
import dev.stretcher.text.GoDuration;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings an app to what is desired now, unless that is live. Run by one thread at a time. */
final class Attempt implements AutoCloseable {
  private final AppName app;
  private final Services services;
  private final AppMemory memory;
  private final StatusDesk desk;
  private final DeployEars ears;
  private final LiveMeasure measure;
  private final SwitchTurn turn;
  private final RolloutGuard guard;
  private @Nullable Stretcher stretcher;

  /** What is being deployed, and by which thread; guarded by this. */
  private @Nullable Thread deploying;

  private @Nullable DesiredState wanted;
  private boolean isWaiting;
  private volatile boolean isStopped;

  /** How an attempt ended. */
  enum Ended {
    /** There is nothing to do until something else is desired. */
    DONE,
    /** It is to be tried again later. */
    AGAIN
  }

  /**
   * Creates an attempt.
   *
   * @param onGivenUp is told when what is desired was given up after it was live here
   */
  Attempt(AppName app, Services services, AppMemory memory, StatusDesk desk, Runnable onGivenUp) {
    this.app = app;
    this.services = services;
    this.memory = memory;
    this.desk = desk;
    this.ears =
        new DeployEars(desk, services.secrets(), services.clock(), services.pauses(), this::synced);
    this.measure = new LiveMeasure(services.ledger(), this::releases);
    this.turn = new SwitchTurn(app, services, desk);
    this.guard = new RolloutGuard(services, onGivenUp);
  }

  private synchronized Stretcher stretcher() {
    if (stretcher == null) {
      stretcher = services.deployer().of(app, ears);
    }
    return stretcher;
  }

  private List<Release> releases(Path dest) throws IOException {
    return stretcher().releases(dest);
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
      Live live = measured(desired);
      memory.live(live);
      sayLive();
      boolean isLive = live.is(desired.pin());
      if (isLive || (!retries && memory.now().hasFailed())) {
        return settled(desired, live, isLive);
      }
      if (!delay(desired)) {
        return Ended.DONE;
      }
      return desired.rules().isFree()
          ? deploy(desired, Target.of(desired), live)
          : inTurn(desired, live);
    } catch (RuntimeException | LinkageError e) {
      // The other apps must not suffer from a plug-in of this one.
      failed(desired, HostState.FAILED, Stage.UNKNOWN, "an unexpected failure: " + e);
      return Ended.DONE;
    }
  }

  /**
   * Lets a time by chance pass, so that not all hosts of a fleet fetch at once; tells whether it
   * has passed.
   */
  private boolean delay(DesiredState desired) {
    long bound = services.randomDelay().toNanos();
    if (bound == 0) {
      return true;
    }
    Duration delay = Duration.ofNanos(services.random().nextLong(bound));
    sayWaiting("begins in " + GoDuration.format(delay.truncatedTo(ChronoUnit.MILLIS)));
    try {
      idle(
          desired,
          () -> {
            services.pauses().sleep(delay);
            return this;
          });
      return true;
    } catch (InterruptedException e) {
      if (isStopped) {
        sayWaiting("the agent was ended before it began");
      } else if (!isNewest(desired)) {
        desk.say(HostState.SUPERSEDED, Optional.of(Stage.EVENT), Optional.empty());
      }
      return false;
    }
  }

  private void sayWaiting(String reason) {
    desk.say(HostState.WAITING, Optional.of(Stage.EVENT), Optional.of(reason));
  }

  /** Says what is live, after somebody else has deployed. */
  void look() {
    DesiredState desired = memory.now().desired().orElseThrow();
    Live live = measured(desired);
    memory.live(live);
    boolean wasLive = desk.state().equals(Optional.of(HostState.LIVE));
    if (live.is(desired.pin()) == wasLive) {
      sayLive();
      desk.sayAgain();
      memory.save();
    } else if (wasLive) {
      String what =
          live.digest().isPresent()
              ? "has replaced it"
              : "did not succeed, and it is not known what is live";
      String error =
          "another deploy to %s %s; a new rollout, or a retry (SIGUSR1), brings %s back"
              .formatted(live.dest().orElse("its dest"), what, desired.id());
      ended(desired, HostState.SUPERSEDED, Optional.empty(), Optional.of(error), Optional.empty());
    } else {
      ended(desired, HostState.LIVE, Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  private Live measured(DesiredState desired) {
    try {
      return measure.measure(memory.now(), Optional.of(desired.pin().hex()));
    } catch (IOException e) {
      services
          .listener()
          .onWarning(
              app,
              "it is not known what is live, since the ledger cannot be read: " + Reasons.of(e));
      return new Live(
          Optional.empty(), false, memory.now().dest(), Optional.empty(), memory.now().asOf());
    }
  }

  private void sayLive() {
    desk.live(memory.now().liveId());
  }

  /** This host has had its turn; it goes back if the rollout was given up, and its rules say so. */
  private Ended settled(DesiredState desired, Live live, boolean isLive) {
    Optional<String> reason;
    Optional<DesiredState> earlier = Optional.empty();
    try {
      reason = guard.givenUp(desired);
      if (reason.isPresent()) {
        earlier = earlier(desired);
      }
    } catch (InterruptedException e) {
      return Ended.DONE;
    }
    if (reason.isPresent() && earlier.isPresent() && !live.is(earlier.get().pin())) {
      return deploy(desired, new Target(earlier.get(), isLive, reason.get()), live);
    }
    if (reason.isPresent() && earlier.isEmpty()) {
      services
          .listener()
          .onWarning(
              app,
              "%s was given up (%s), and the history of the store has nothing to go back to"
                  .formatted(desired.id(), reason.get()));
    }
    if (isLive) {
      ended(desired, HostState.LIVE, Optional.empty(), Optional.empty(), Optional.empty());
      guard.watch(desired);
    } else {
      desk.say(memory.now().outcome().orElseThrow(), Optional.empty(), memory.now().error());
      memory.save();
    }
    return Ended.DONE;
  }

  /** Returns what this host goes back to, as the history of the store has it. */
  private Optional<DesiredState> earlier(DesiredState desired) throws InterruptedException {
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

  /**
   * What is deployed.
   *
   * @param state the desired one, or the one before it
   * @param wasLive whether the desired one was live, if this one is the one before it
   * @param reason why the desired one was given up; empty if it was not
   */
  private record Target(DesiredState state, boolean wasLive, String reason) {
    static Target of(DesiredState desired) {
      return new Target(desired, false, "");
    }

    boolean isBack() {
      return !reason.isEmpty();
    }
  }

  /** A host that serves something fetches at once, and switches when the rules let it. */
  private Ended inTurn(DesiredState desired, Live before) {
    boolean serves = before.digest().isPresent();
    try {
      boolean isPrepared = serves && before.release().isPresent() && prepare(desired);
      Optional<SwitchTurn.Switching> switching =
          awaitTurn(desired, serves, isPrepared ? HostState.PREPARED : HostState.WAITING);
      if (switching.isEmpty()) {
        return Ended.DONE;
      }
      try {
        return deploy(desired, Target.of(desired), before);
      } finally {
        switching.get().close();
      }
    } catch (StretcherException e) {
      return failed(desired, before, e);
    } catch (InterruptedException e) {
      if (isStopped) {
        say(HostState.WAITING, Stage.UNKNOWN, Optional.of("the agent was ended before its turn"));
      }
      return Ended.DONE;
    }
  }

  /** Returns whether a release lies ready; another kind of dest is left to the deploy. */
  private boolean prepare(DesiredState desired) throws StretcherException, InterruptedException {
    ears.beginToPrepare(services.threads().submit(memory::save));
    Stretcher library = stretcher();
    enter(desired, false);
    try {
      library.prepare(desired.manifest());
      return true;
    } catch (StretcherException.SyncFailed e) {
      return false;
    } finally {
      leave();
    }
  }

  private Optional<SwitchTurn.Switching> awaitTurn(
      DesiredState desired, boolean serves, HostState waiting) throws InterruptedException {
    memory.save();
    return idle(desired, () -> turn.await(desired, serves, waiting));
  }

  /** Waits for something; others may deploy while this app does. */
  private <T> T idle(DesiredState desired, Background.Work<T, RuntimeException> wait)
      throws InterruptedException {
    enter(desired, true);
    services.turns().release();
    try {
      return wait.call();
    } finally {
      leave();
      services.turns().acquireUninterruptibly();
    }
  }

  private Ended deploy(DesiredState desired, Target target, Live before) {
    memory.step(Memory.Step.BEGUN);
    long start = System.nanoTime();
    try {
      // The manifest is fetched meanwhile.
      ears.begin(services.threads().submit(memory::save));
      Stretcher library = stretcher();
      enter(desired, false);
      Deployment deployment;
      try {
        deployment = library.deploy(target.state().manifest());
      } finally {
        leave();
      }
      cost(start);
      return deployed(desired, target, before, deployment);
    } catch (StretcherException e) {
      cost(start);
      return failed(desired, before, e);
    } catch (InterruptedException e) {
      cancelled(desired, before);
      return Ended.DONE;
    }
  }

  private void cost(long start) {
    desk.cost((System.nanoTime() - start) / 1e9, ears.bytes());
  }

  /**
   * From now on this thread can be interrupted.
   *
   * @param waits whether nothing is done meanwhile
   * @throws InterruptedException if that is so already
   */
  private synchronized void enter(DesiredState desired, boolean waits) throws InterruptedException {
    if (isStopped || !isNewest(desired)) {
      throw new InterruptedException();
    }
    deploying = Thread.currentThread();
    wanted = desired;
    isWaiting = waits;
  }

  private boolean isNewest(DesiredState desired) {
    return memory.now().desired().filter(desired::equals).isPresent();
  }

  private synchronized void leave() {
    deploying = null;
    isWaiting = false;
    ears.end();
    // One that came too late for the deploy is not meant for what follows.
    Thread.interrupted();
  }

  /** Cancels a deploy that only fetches, if something else is desired by now. */
  synchronized void supersede() {
    guard.end();
    boolean isTooLate = ears.isPastFetching() && !isWaiting;
    if (deploying != null && wanted != null && !isTooLate && !isNewest(wanted)) {
      deploying.interrupt();
    }
  }

  /** Ends a wait for others, if there is one: what follows begins anew. */
  synchronized void askAgain() {
    if (deploying != null && isWaiting) {
      deploying.interrupt();
    }
  }

  synchronized void stop() {
    isStopped = true;
    if (deploying != null) {
      deploying.interrupt();
    }
  }

  private void synced() {
    DesiredState of;
    synchronized (this) {
      of = wanted;
    }
    if (of != null && !isStopped) {
      memory.change(of, each -> each.withStep(Memory.Step.SYNCED));
      services.threads().execute(memory::save);
    }
  }

  private Ended deployed(DesiredState desired, Target target, Live before, Deployment deployment) {
    if (deployment instanceof Deployment.Superseded) {
      untouched(before);
      say(HostState.WAITING, Stage.LOCK, Optional.of("a newer event was deployed to its dest"));
      return Ended.AGAIN;
    }
    Optional<Release> release =
        deployment instanceof Deployment.OfArchive archive ? archive.release() : Optional.empty();
    Optional<String> dest =
        deployment
            .manifest()
            .payload()
            .map(Manifest.Payload::target)
            .map(place -> NativeText.text(place.dest()));
    memory.live(
        new Live(
            Optional.of(target.state().pin().hex()),
            true,
            dest,
            release.map(Release::id),
            ears.deploy()));
    if (target.isBack()) {
      wentBack(desired, target);
    } else {
      ended(desired, HostState.LIVE, Optional.empty(), Optional.empty(), Optional.of(ears.log()));
      guard.watch(desired);
    }
    return Ended.DONE;
  }

  /** Where it failed it has failed still: what others count stays as it is. */
  private void wentBack(DesiredState desired, Target target) {
    String reason = target.wasLive() ? target.reason() : memory.now().error().orElse("it failed");
    ended(
        desired,
        target.wasLive() ? HostState.HELD : HostState.ROLLED_BACK,
        Optional.empty(),
        Optional.of("%s; this host went back to %s".formatted(reason, target.state().id())),
        Optional.of(ears.log()));
  }

  private Ended failed(DesiredState desired, Live before, StretcherException failure) {
    if (Blame.leftDestAlone(failure)) {
      untouched(before);
    } else {
      memory.live(
          new Live(Optional.empty(), false, before.dest(), before.release(), ears.deploy()));
      memory.live(measured(desired));
    }
    String error = failure.getMessage();
    if (Blame.of(failure) == Blame.CIRCUMSTANCES) {
      sayLive();
      memory.outcome(desired, HostState.WAITING, Optional.of(services.secrets().apply(error)));
      memory.save();
      say(HostState.WAITING, failure.stage(), Optional.of(error));
      return Ended.AGAIN;
    }
    HostState state = ears.isRolledBack() ? HostState.ROLLED_BACK : HostState.FAILED;
    failed(desired, state, failure.stage(), error);
    return Ended.DONE;
  }

  private void failed(DesiredState desired, HostState state, Stage stage, String error) {
    ended(desired, state, Optional.of(stage), Optional.of(error), Optional.of(ears.log()));
    if (!desired.rules().isFree()) {
      String what = "%s %s".formatted(Long.toString(desired.generation()), services.node());
      Change.Put bell = new Change.Put(FleetKeys.failures(app), what, 0, Change.Condition.NONE);
      services.outbox().put(List.of(new Outbox.Letter(app, bell)));
      guard.watch(desired);
    }
  }

  /** Dest is as it was, whatever the ledger says of a deploy that failed. */
  private void untouched(Live before) {
    Optional<String> asOf = before.asOf();
    try {
      asOf = measure.measure(memory.now(), Optional.empty()).asOf();
    } catch (IOException e) {
      // Then it is deployed again at the next start, which does no harm.
      asOf = before.asOf();
    }
    memory.live(new Live(before.digest(), before.isGood(), before.dest(), before.release(), asOf));
  }

  private void cancelled(DesiredState desired, Live before) {
    if (!ears.isPastFetching()) {
      untouched(before);
    }
    sayLive();
    memory.save();
    if (isStopped) {
      say(HostState.WAITING, Stage.UNKNOWN, Optional.of("the agent was ended during this deploy"));
    } else if (!isNewest(desired)) {
      say(HostState.SUPERSEDED, Stage.FETCH, Optional.empty());
    }
  }

  private void say(HostState state, Stage stage, Optional<String> error) {
    desk.say(state, Optional.of(stage), error, Optional.of(ears.log()));
  }

  private void ended(
      DesiredState desired,
      HostState state,
      Optional<Stage> stage,
      Optional<String> error,
      Optional<HeadAndTail> log) {
    memory.outcome(desired, state, error.map(services.secrets()));
    sayLive();
    // Before the file, which may be slow: others wait for this.
    desk.say(state, stage, error, log);
    memory.save();
  }

  @Override
  public synchronized void close() {
    if (stretcher != null) {
      stretcher.close();
    }
  }
}
