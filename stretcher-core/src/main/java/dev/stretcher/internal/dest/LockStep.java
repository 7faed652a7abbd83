package dev.stretcher.internal.dest;

import dev.stretcher.internal.engine.Cleanup;
import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.option.OnBusy;
import dev.stretcher.option.Settings;
import dev.stretcher.report.StretcherException.Busy;
import dev.stretcher.report.StretcherException.LockFailed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Waits until no other deploy to the same dest is running, or until a newer event comes. */
public final class LockStep {
  /**
   * Longer than a deploy that needs several locks holds the first before it finds that another is
   * taken.
   */
  private static final Duration MOMENT = Duration.ofMillis(10);

  private final Reporter reporter;
  private final LockWait place;
  private final OnBusy onBusy;
  private final Optional<Order> order;

  /**
   * Creates the step.
   *
   * @param order the event's order; empty for a dry run, which supersedes no event
   */
  public LockStep(Engine engine, Reporter reporter, Path dest, Optional<Order> order) {
    this.reporter = reporter;
    this.place = new LockWait(engine, reporter, dest);
    this.onBusy = engine.options().get(Settings.ON_BUSY);
    this.order = order;
  }

  public HeldLock acquire() throws Busy, LockFailed, SupersededException, InterruptedException {
    if (onBusy == OnBusy.FAIL && order.isPresent()) {
      return acquireAtOnce(order.get());
    }
    Optional<Tickets> tickets = order.map(Tickets::of);
    try (Cleanup failed = new Cleanup(reporter)) {
      if (tickets.isPresent()) {
        failed.own(tickets.get());
      }
      HeldLock lock = place.await(() -> tryAcquire(tickets));
      failed.keep();
      return lock;
    }
  }

  private HeldLock acquireAtOnce(Order turn)
      throws Busy, LockFailed, SupersededException, InterruptedException {
    Optional<HeldLock> held = place.attempt(() -> tryAcquireFirst(turn));
    if (held.isEmpty()) {
      TimeUnit.NANOSECONDS.sleep(MOMENT.toNanos());
      held = place.attempt(() -> tryAcquireFirst(turn));
    }
    return held.orElseThrow(
        () ->
            place.busy(
                "another deploy to %s is running",
                "wait for it, or use " + Settings.ON_BUSY.mention(OnBusy.NEWEST)));
  }

  /**
   * Takes no place in the queue before it has the locks, so that no deploy gives way to one that
   * may fail.
   */
  private Optional<HeldLock> tryAcquireFirst(Order turn) throws IOException, SupersededException {
    LockFiles files = place.files();
    Optional<DestLocks> locks = DestLocks.tryAcquire(files.all());
    if (locks.isEmpty()) {
      return Optional.empty();
    }
    try (Cleanup failed = new Cleanup(reporter)) {
      Tickets tickets = failed.own(Tickets.of(turn));
      Optional<HeldLock> held = confirmed(files, locks.get(), Optional.of(tickets));
      if (held.isPresent()) {
        failed.keep();
      }
      return held;
    }
  }

  /** Takes the locks if it is this one's turn. */
  private Optional<HeldLock> tryAcquire(Optional<Tickets> tickets)
      throws IOException, SupersededException {
    LockFiles files = place.files();
    if (tickets.isPresent()) {
      tickets.get().moveTo(files.all());
    }
    requireNewest(tickets);
    if (onBusy == OnBusy.WAIT && tickets.isPresent() && tickets.get().isPreceded()) {
      return Optional.empty();
    }
    Optional<DestLocks> locks = DestLocks.tryAcquire(files.all());
    return locks.isPresent() ? confirmed(files, locks.get(), tickets) : Optional.empty();
  }

  /**
   * Gives the locks back if dest was made to lead elsewhere, or if a newer event came, just before
   * they were taken.
   */
  Optional<HeldLock> confirmed(LockFiles files, DestLocks locks, Optional<Tickets> tickets)
      throws IOException, SupersededException {
    try (Cleanup failed = new Cleanup(reporter)) {
      failed.own(locks);
      if (tickets.isPresent()) {
        tickets.get().moveTo(files.all());
        requireNewest(tickets);
        tickets.get().removeDead();
      }
      if (!files.areThoseOf(place.files())) {
        return Optional.empty();
      }
      failed.keep();
      return Optional.of(new HeldLock(files, locks.of(files.main()).orElseThrow(), locks, tickets));
    }
  }

  private void requireNewest(Optional<Tickets> tickets) throws IOException, SupersededException {
    if (onBusy == OnBusy.NEWEST && tickets.isPresent() && tickets.get().isSuperseded()) {
      throw new SupersededException();
    }
  }

  /**
   * Takes the locks that belong to dest now that the {@code pre} commands have run, which may have
   * created its parent or let a link lead elsewhere. Keeps the locks that are held.
   *
   * @return empty if {@code held} is still right
   */
  public Optional<HeldLock> acquireAgain(HeldLock held)
      throws Busy, LockFailed, SupersededException, InterruptedException {
    LockFiles now = place.files();
    boolean same =
        now.main().equals(held.files().main()) && held.files().all().containsAll(now.all());
    return same
        ? Optional.empty()
        : Optional.of(new Relocation(reporter, place, onBusy, order, held).acquire());
  }
}
