package dev.stretcher.agent;

import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.HostState;
import dev.stretcher.internal.live.Reasons;
import dev.stretcher.internal.pause.Backoff;
import dev.stretcher.internal.rollout.Slot;
import dev.stretcher.internal.rollout.Step;
import dev.stretcher.internal.rollout.Turn;
import dev.stretcher.internal.status.StatusDesk;
import dev.stretcher.process.Interrupts;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Waits until the rules of a rollout let this host switch an app, and keeps its slot meanwhile. */
final class SwitchTurn {
  private static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final Duration APART = Duration.ofMillis(100);
  private static final long JITTER_NANOS = Duration.ofMillis(20).toNanos();

  /** What others have to know is written before the slot is given back, if the store is there. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  /** An agent that tries nothing again waits for others no longer. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final AppName app;
  private final Services services;
  private final StatusDesk desk;

  SwitchTurn(AppName app, Services services, StatusDesk desk) {
    this.app = app;
    this.services = services;
    this.desk = desk;
  }

  /**
   * Waits.
   *
   * @param serves whether something is live here
   * @param waiting what this host says meanwhile
   * @return empty if this agent does not wait so long
   * @throws InterruptedException if the thread was interrupted; no slot stays taken
   */
  Optional<Switching> await(DesiredState desired, boolean serves, HostState waiting)
      throws InterruptedException {
    return await(desired, serves, waiting, false);
  }

  /**
   * Waits when all is ready but the switch, and others may want dest.
   *
   * @return empty if the rollout is held, so that the wait may last for ever
   * @throws InterruptedException if the thread was interrupted; no slot stays taken
   */
  Optional<Switching> awaitReady(DesiredState desired) throws InterruptedException {
    return await(desired, true, HostState.PREPARED, true);
  }

  private Optional<Switching> await(
      DesiredState desired, boolean serves, HostState waiting, boolean leavesIfHeld)
      throws InterruptedException {
    Turn turn = new Turn(services.store(), desired, services.node(), serves, services.random());
    Backoff backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, services.random());
    while (true) {
      long start = System.nanoTime();
      try {
        Step step = turn.next();
        if (step instanceof Step.Go go) {
          return Optional.of(new Switching(go.slot()));
        }
        Step.Wait wait = (Step.Wait) step;
        if (leavesIfHeld && wait.isHeld()) {
          return Optional.empty();
        }
        say(wait.isHeld() ? HostState.HELD : waiting, wait.reason());
        if (!services.triesAgain() && wait.most().compareTo(PATIENCE) > 0) {
          return Optional.empty();
        }
        pause(wait, start);
        backoff.reset();
      } catch (IOException e) {
        Interrupts.rethrow(e);
        say(waiting, "its turn is not known: " + Reasons.of(e));
        if (!services.triesAgain()) {
          return Optional.empty();
        }
        turn.restart();
        services.pauses().sleep(backoff.next());
      }
    }
  }

  private void say(HostState state, String reason) {
    desk.say(state, Optional.empty(), Optional.of(reason));
  }

  private void pause(Step.Wait wait, long start) throws IOException, InterruptedException {
    if (wait.prefix().isEmpty()) {
      services.pauses().sleep(wait.most());
      return;
    }
    services.store().watch(wait.prefix().get(), wait.version(), wait.most());
    long apart = APART.toNanos() + services.random().nextLong(JITTER_NANOS);
    long left = apart - (System.nanoTime() - start);
    if (left > 0) {
      services.pauses().sleep(Duration.ofNanos(left));
    }
  }

  /** The time in which this host switches. Thread-safe. */
  final class Switching implements AutoCloseable {
    private final Optional<Slot> slot;
    private boolean isOver;
    private @Nullable Runnable takeBack;

    private Switching(Optional<Slot> slot) {
      this.slot = slot;
      slot.ifPresent(this::renewLater);
    }

    private synchronized void renewLater(Slot held) {
      if (!isOver) {
        takeBack =
            services
                .pauses()
                .later(held.renewal(), () -> services.threads().execute(() -> renew(held)));
      }
    }

    private void renew(Slot held) {
      try {
        if (!held.renew()) {
          lost();
          return;
        }
      } catch (InterruptedException e) {
        return;
      } catch (IOException e) {
        // The store may be back before the slot is gone.
        renewLater(held);
        return;
      }
      renewLater(held);
    }

    private void lost() {
      boolean isNews;
      synchronized (this) {
        isNews = !isOver;
      }
      if (isNews) {
        services
            .listener()
            .onWarning(app, "its slot is gone, another host may switch; this switch goes on");
      }
    }

    /** Gives the slot back, once the store has how the switch ended. */
    @Override
    public void close() {
      synchronized (this) {
        isOver = true;
        if (takeBack != null) {
          takeBack.run();
        }
      }
      if (slot.isPresent()) {
        try {
          Interrupts.shielded(() -> release(slot.get()));
        } catch (IOException e) {
          // It ends by itself.
          return;
        }
      }
    }

    private Object release(Slot held) throws IOException {
      try {
        services.outbox().flush(LAST_WORDS);
        held.release();
        return this;
      } catch (InterruptedException e) {
        throw Interrupts.asIoException(e);
      }
    }
  }
}
