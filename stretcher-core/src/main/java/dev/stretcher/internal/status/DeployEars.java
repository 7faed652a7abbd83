package dev.stretcher.internal.status;

import dev.stretcher.fleet.HostState;
import dev.stretcher.internal.pause.Pauses;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployIdentity;
import dev.stretcher.report.DeployListener;
import dev.stretcher.report.DeployLog;
import dev.stretcher.report.Secrets;
import dev.stretcher.report.Stage;
import dev.stretcher.spi.Hook;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Hears the deploys of an app: says in the store how far one is, keeps its log, and knows from when
 * on it must not be cut off. Never waits for the store; the deploys of an app come one after the
 * other.
 */
public final class DeployEars implements DeployListener {
  private final StatusDesk desk;
  private final Runnable onSynced;
  private final Consumer<String> onTrouble;
  private final GrowingLog log;
  private final DeployLog lines;
  private volatile boolean prepares;
  private volatile CountDownLatch ready = new CountDownLatch(1);
  private volatile boolean isPastFetching;
  private volatile boolean isRolledBack;
  private volatile boolean isSynced;
  private volatile long bytes;
  private volatile Optional<String> deploy = Optional.empty();

  /** What was said last. */
  private volatile Stage stage = Stage.UNKNOWN;

  private volatile HostState state = HostState.WAITING;

  /** Why what is fetched is tried again, until it is there. */
  private volatile Optional<String> trouble = Optional.empty();

  private volatile Future<?> noted = CompletableFuture.completedFuture(this);

  /**
   * Creates a listener.
   *
   * @param onSynced is told when dest has become as the manifest wants it
   * @param onTrouble is told why something could not be fetched, and is tried again
   */
  public DeployEars(
      StatusDesk desk,
      Secrets secrets,
      Clock clock,
      Pauses pauses,
      Runnable onSynced,
      Consumer<String> onTrouble) {
    this.desk = desk;
    this.onSynced = onSynced;
    this.onTrouble = onTrouble;
    this.log = new GrowingLog(pauses, desk::log);
    this.lines = new DeployLog(clock, secrets, log::add);
  }

  /**
   * Forgets the deploy before.
   *
   * @param toBeNoted is awaited once the manifest is there, and before anything is changed
   */
  public void begin(Future<?> toBeNoted) {
    begin(toBeNoted, false);
  }

  /** Begins what no application notices. */
  public void beginToPrepare(Future<?> toBeNoted) {
    begin(toBeNoted, true);
  }

  /**
   * Waits until it was said that all is ready but the switch: nothing that was done before is said
   * after that.
   */
  public void awaitReady() throws InterruptedException {
    ready.await();
  }

  /** It is its turn: an application notices what follows. */
  public void goOn() {
    log.goOn();
    prepares = false;
    deploying(Stage.VERIFY);
  }

  private void begin(Future<?> toBeNoted, boolean onlyPrepares) {
    prepares = onlyPrepares;
    ready = new CountDownLatch(1);
    noted = toBeNoted;
    log.begin();
    isPastFetching = false;
    isRolledBack = false;
    isSynced = false;
    trouble = Optional.empty();
    bytes = 0;
    deploy = Optional.empty();
  }

  /** Tells that the deploy has ended. */
  public void end() {
    log.end();
  }

  /** Returns the log of the deploy. */
  public HeadAndTail log() {
    return log.lines();
  }

  /** Tells whether a command may have run, or dest may have changed. */
  public boolean isPastFetching() {
    return isPastFetching;
  }

  /** Tells whether an earlier release is live again. */
  public boolean isRolledBack() {
    return isRolledBack;
  }

  /** Returns how many bytes were fetched. */
  public long bytes() {
    return bytes;
  }

  /** Returns the ID of the deploy. */
  public Optional<String> deploy() {
    return deploy;
  }

  @Override
  public void onEvent(DeployIdentity identity, DeployEvent event) {
    deploy = identity.id();
    onEvent(event);
  }

  @Override
  public void onEvent(DeployEvent event) {
    lines.onEvent(event);
    if (event instanceof DeployEvent.Sleeping || event instanceof DeployEvent.WaitingForLock) {
      say(HostState.WAITING, event instanceof DeployEvent.Sleeping ? Stage.EVENT : Stage.LOCK);
    } else if (event instanceof DeployEvent.LoadingManifest) {
      say(HostState.FETCHING, Stage.MANIFEST);
    } else if (event instanceof DeployEvent.RetryScheduled retry) {
      triedAgain(retry.cause());
    } else if (event instanceof DeployEvent.ExecutingManifest) {
      trouble = Optional.empty();
      awaitNote();
    } else if (event instanceof DeployEvent.WaitedForLock
        || event instanceof DeployEvent.LoadingUrl) {
      fetching();
    } else if (event instanceof DeployEvent.Fetched fetched) {
      trouble = Optional.empty();
      bytes = fetched.bytes();
    } else {
      working(event);
    }
  }

  private void awaitNote() {
    try {
      noted.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private void triedAgain(String cause) {
    trouble = Optional.of(cause + "; it is tried again");
    say(state, stage);
    onTrouble.accept(cause);
  }

  /** The signature of a manifest, and contents by a table of contents, are fetched as well. */
  private void fetching() {
    if (!isPastFetching) {
      say(HostState.FETCHING, Stage.FETCH);
    }
  }

  private void working(DeployEvent event) {
    if (event instanceof DeployEvent.Verified || event instanceof DeployEvent.ReleaseFound) {
      deploying(Stage.VERIFY);
    } else if (event instanceof DeployEvent.ReleasePrepared) {
      releasePrepared();
    } else if (event instanceof DeployEvent.WaitingForTurn) {
      say(HostState.PREPARED, Stage.VERIFY);
      ready.countDown();
    } else if (event instanceof DeployEvent.HookStarted started) {
      command(started.phase());
    } else if (event instanceof DeployEvent.Synced || event instanceof DeployEvent.Switched) {
      deploying(Stage.SYNC);
      synced();
    } else if (event instanceof DeployEvent.RolledBack) {
      isRolledBack = true;
    }
  }

  /** It waits for its turn, or is switched to at once. */
  private void releasePrepared() {
    if (prepares) {
      say(HostState.PREPARED, Stage.SYNC);
    } else {
      deploying(Stage.SYNC);
    }
  }

  private void command(Hook.Phase phase) {
    trouble = Optional.empty();
    switch (phase) {
      case PRE -> deploying(Stage.PRE);
      case POST -> deploying(Stage.POST);
      case HEALTH -> {
        isPastFetching = true;
        say(HostState.CHECKING, Stage.HEALTH);
      }
      default -> isPastFetching = true;
    }
  }

  private void deploying(Stage step) {
    trouble = Optional.empty();
    if (prepares) {
      say(HostState.FETCHING, step);
      return;
    }
    isPastFetching = true;
    say(HostState.DEPLOYING, step);
  }

  private void synced() {
    if (!isSynced) {
      isSynced = true;
      onSynced.run();
    }
  }

  private void say(HostState newState, Stage newStage) {
    state = newState;
    stage = newStage;
    desk.say(newState, Optional.of(newStage), trouble);
  }
}
