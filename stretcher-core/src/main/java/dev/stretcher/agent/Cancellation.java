package dev.stretcher.agent;

import dev.stretcher.fleet.DesiredState;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Interrupts the thread that works for an app, while that can be cut off. Thread-safe. */
final class Cancellation {
  private final AppMemory memory;
  private @Nullable Thread working;
  private @Nullable DesiredState wanted;
  private boolean isWaiting;
  private boolean isForGood;
  private volatile boolean isStopped;

  Cancellation(AppMemory memory) {
    this.memory = memory;
  }

  /**
   * From now on this thread can be interrupted.
   *
   * @param desired what it works on
   * @param waits whether nothing is done meanwhile
   * @throws InterruptedException if that is so already
   */
  synchronized void enter(DesiredState desired, boolean waits) throws InterruptedException {
    if (isStopped || !isNewest(desired)) {
      throw new InterruptedException();
    }
    working = Thread.currentThread();
    wanted = desired;
    isWaiting = waits;
  }

  /**
   * From now on this thread is interrupted by {@link #stop} alone, whatever comes.
   *
   * @param desired what it works on
   * @throws InterruptedException if it is stopped already, or something else is desired
   */
  synchronized void enterForGood(DesiredState desired) throws InterruptedException {
    enter(desired, false);
    isForGood = true;
  }

  /** From now on this thread is not interrupted. */
  synchronized void leave() {
    working = null;
    isWaiting = false;
    isForGood = false;
    // One that came too late for the deploy is not meant for what follows.
    Thread.interrupted();
  }

  /** Tells whether nothing else is desired by now. */
  boolean isNewest(DesiredState desired) {
    return memory.now().desired().filter(desired::equals).isPresent();
  }

  /** Returns what was worked on last. */
  synchronized Optional<DesiredState> wanted() {
    return Optional.ofNullable(wanted);
  }

  /**
   * Cancels what is worked on, if something else is desired by now.
   *
   * @param isTooLate tells whether a deploy must not be cut off any more
   */
  synchronized void supersede(BooleanSupplier isTooLate) {
    boolean canEnd = isWaiting || !(isForGood || isTooLate.getAsBoolean());
    if (working != null && wanted != null && canEnd && !isNewest(wanted)) {
      working.interrupt();
    }
  }

  /** Ends a wait for others, if there is one: what follows begins anew. */
  synchronized void askAgain() {
    if (working != null && isWaiting) {
      working.interrupt();
    }
  }

  /** Cancels what is worked on, and whatever would follow. */
  synchronized void stop() {
    isStopped = true;
    if (working != null) {
      working.interrupt();
    }
  }

  boolean isStopped() {
    return isStopped;
  }
}
