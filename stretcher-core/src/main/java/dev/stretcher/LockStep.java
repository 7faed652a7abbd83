package dev.stretcher;

import dev.stretcher.StretcherException.Busy;
import dev.stretcher.StretcherException.Failure;
import dev.stretcher.StretcherException.SyncFailed;
import dev.stretcher.internal.lock.DestLock;
import dev.stretcher.internal.lock.Order;
import dev.stretcher.internal.lock.Ticket;
import dev.stretcher.text.GoDuration;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Waits until no other deploy to the same dest is running, or until a newer one comes. */
final class LockStep {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Engine engine;
  private final Reporter reporter;
  private final Path dest;
  private final Optional<Order> order;

  /**
   * Creates the step.
   *
   * @param order that of the event; empty for what only looks, which supersedes no one
   */
  LockStep(Engine engine, Reporter reporter, Path dest, Optional<Order> order) {
    this.engine = engine;
    this.reporter = reporter;
    this.dest = dest;
    this.order = order;
  }

  HeldLock acquire() throws Busy, SyncFailed, SupersededException, InterruptedException {
    if (engine.options().onBusy() == OnBusy.FAIL && order.isPresent()) {
      return acquireAtOnce(order.get());
    }
    Optional<Ticket> ticket =
        order.isPresent() ? Optional.of(ticket(order.get())) : Optional.empty();
    boolean held = false;
    try {
      HeldLock lock = new HeldLock(await(ticket), ticket);
      held = true;
      return lock;
    } finally {
      if (!held && ticket.isPresent()) {
        Cleanup.close(ticket.get(), reporter);
      }
    }
  }

  /** Takes no place before it has the lock: no one gives way to what is going to fail. */
  private HeldLock acquireAtOnce(Order place) throws Busy, SyncFailed, SupersededException {
    DestLock lock =
        tryAcquire(Optional.empty())
            .orElseThrow(
                () ->
                    busy(
                        "another deploy to %s is running", "wait for it, or use --on-busy=newest"));
    boolean held = false;
    try {
      HeldLock both = new HeldLock(lock, Optional.of(ticket(place)));
      held = true;
      return both;
    } finally {
      if (!held) {
        Cleanup.close(lock, reporter);
      }
    }
  }

  /**
   * Takes the lock where it belongs now that the {@code pre} commands have run, which may have
   * created the parent of dest.
   *
   * @return empty if {@code held} is still the right one
   */
  Optional<HeldLock> acquireAgain(HeldLock held)
      throws Busy, SyncFailed, SupersededException, InterruptedException {
    return location().equals(held.lock().file()) ? Optional.empty() : Optional.of(acquire());
  }

  private DestLock await(Optional<Ticket> ticket)
      throws Busy, SyncFailed, SupersededException, InterruptedException {
    Optional<DestLock> lock = tryAcquire(ticket);
    if (lock.isPresent()) {
      return lock.get();
    }
    Duration limit = engine.options().lockTimeout();
    reporter.report(new DeployEvent.WaitingForLock(dest, limit));
    long start = System.nanoTime();
    while (System.nanoTime() - start < limit.toNanos()) {
      TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
      lock = tryAcquire(ticket);
      if (lock.isPresent()) {
        return lock.get();
      }
    }
    throw busy(
        "another deploy to %s did not end within " + GoDuration.format(limit),
        "look for a hook that hangs, or raise --lock-timeout");
  }

  private Busy busy(String what, String remedy) {
    return new Busy(dest, Failure.of(what.formatted(NativeText.text(dest))).withRemedy(remedy));
  }

  /** Takes the lock if it is this one's turn. */
  private Optional<DestLock> tryAcquire(Optional<Ticket> ticket)
      throws SyncFailed, SupersededException {
    try {
      requireNewest(ticket);
      if (engine.options().onBusy() == OnBusy.WAIT
          && ticket.isPresent()
          && ticket.get().isPreceded()) {
        return Optional.empty();
      }
      Optional<DestLock> lock = DestLock.tryAcquire(location());
      if (lock.isPresent() && ticket.isPresent()) {
        confirm(lock.get(), ticket.get());
      }
      return lock;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Gives the lock back if someone newer came just before it was taken. */
  private void confirm(DestLock lock, Ticket ticket) throws IOException, SupersededException {
    boolean confirmed = false;
    try {
      requireNewest(Optional.of(ticket));
      ticket.removeDead();
      confirmed = true;
    } finally {
      if (!confirmed) {
        Cleanup.close(lock, reporter);
      }
    }
  }

  private void requireNewest(Optional<Ticket> ticket) throws IOException, SupersededException {
    if (engine.options().onBusy() == OnBusy.NEWEST
        && ticket.isPresent()
        && ticket.get().isSuperseded()) {
      throw new SupersededException();
    }
  }

  private Ticket ticket(Order place) throws SyncFailed {
    try {
      return Ticket.take(location(), place);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private SyncFailed failed(IOException e) {
    return new SyncFailed(
        Stage.LOCK,
        dest,
        Failure.of("cannot lock %s: %s".formatted(NativeText.text(dest), Reason.withFile(e)), e)
            .withRemedy("check the free space and the permissions beside dest"));
  }

  private Path location() {
    return DestLock.location(Dest.of(dest).path(), engine.temporaryDirectory());
  }
}
