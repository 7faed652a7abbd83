package dev.stretcher.agent;

import dev.stretcher.BeforeSwitch;
import dev.stretcher.Deployment;
import dev.stretcher.Stretcher;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.internal.live.Memory;
import dev.stretcher.internal.pause.Pauses;
import dev.stretcher.internal.status.StatusDesk;
import dev.stretcher.report.StretcherException;
import java.time.Duration;
import java.util.Optional;

/**
 * The way of a deploy that waits for its turn when all is ready but its switch, so that the time of
 * a turn is that of the switch alone. For one deploy; used by its thread.
 */
final class InTurn implements Attempt.Way, BeforeSwitch, AutoCloseable {
  /** Less than a deploy by hand waits for the lock of dest. */
  private static final Duration MOST = Duration.ofMinutes(5);

  private final SwitchTurn turn;
  private final Idle idle;
  private final Pauses pauses;
  private final AppMemory memory;
  private final StatusDesk desk;
  private DesiredState desired;
  private Optional<SwitchTurn.Switching> switching = Optional.empty();
  private Duration waited = Duration.ZERO;
  private volatile boolean isGivenUp;

  InTurn(
      DesiredState desired,
      SwitchTurn turn,
      Idle idle,
      Pauses pauses,
      AppMemory memory,
      StatusDesk desk) {
    this.desired = desired;
    this.turn = turn;
    this.idle = idle;
    this.pauses = pauses;
    this.memory = memory;
    this.desk = desk;
  }

  @Override
  public DesiredState desired() {
    return desired;
  }

  @Override
  public Duration waited() {
    return waited;
  }

  /** Tells whether the wait became too long for a deploy that holds the lock of dest. */
  boolean isGivenUp() {
    return isGivenUp && switching.isEmpty();
  }

  @Override
  public Deployment deploy(Stretcher stretcher) throws StretcherException, InterruptedException {
    return stretcher.deploy(desired.manifest(), this);
  }

  @Override
  public void await() throws InterruptedException {
    long start = System.nanoTime();
    Runnable takeBack = pauses.later(MOST, this::giveUp);
    try {
      while (switching.isEmpty()) {
        switching = awaitByRules();
      }
    } finally {
      takeBack.run();
      waited = Duration.ofNanos(System.nanoTime() - start);
    }
    memory.step(Memory.Step.BEGUN);
    memory.save();
    // What is newer cancels a deploy that has changed nothing, or waits for its end.
    idle.cancellation().enterForGood(desired);
    idle.ears().goOn();
  }

  private void giveUp() {
    isGivenUp = true;
    idle.cancellation().askAgain();
  }

  /** Waits until it is the turn, or the rules of the rollout have changed: then it is empty. */
  private Optional<SwitchTurn.Switching> awaitByRules() throws InterruptedException {
    DesiredState rules = desired;
    Optional<SwitchTurn.Switching> got;
    try {
      got = idle.await(rules, () -> awaitReady(rules));
    } catch (InterruptedException e) {
      desired = sameOf(rules).filter(same -> !isGivenUp).orElseThrow(() -> e);
      desk.desired(Optional.of(desired));
      return Optional.empty();
    }
    if (got.isEmpty()) {
      isGivenUp = true;
      throw new InterruptedException();
    }
    return got;
  }

  /** All of it is bounded, as dest is kept from others: a listener may hang, too. */
  private Optional<SwitchTurn.Switching> awaitReady(DesiredState rules)
      throws InterruptedException {
    idle.ears().awaitReady();
    // It may have been given up while nobody could interrupt this thread.
    return isGivenUp ? Optional.empty() : turn.awaitReady(rules);
  }

  /** Returns what is desired now, if what is ready is the right thing for it. */
  private Optional<DesiredState> sameOf(DesiredState ready) {
    return memory
        .now()
        .desired()
        .filter(newest -> newest.manifest().equals(ready.manifest()))
        .filter(newest -> newest.id().equals(ready.id()))
        .filter(newest -> !idle.cancellation().isStopped());
  }

  /** Gives back what the turn has taken, once the switch is over. */
  @Override
  public void close() {
    switching.ifPresent(SwitchTurn.Switching::close);
  }
}
