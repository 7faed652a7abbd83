package dev.stretcher.internal.dest;

import dev.stretcher.internal.engine.Cleanup;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.option.OnBusy;
import dev.stretcher.report.StretcherException.Busy;
import dev.stretcher.report.StretcherException.LockFailed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Takes further locks for a deploy that holds some: its {@code pre} commands have let dest lead
 * elsewhere. Two such deploys could wait for each other, so that one of them gives way: a deploy
 * that holds locks waits for a later deploy only as long as no later deploy waits for it.
 */
final class Relocation {
  private final Reporter reporter;
  private final LockWait place;
  private final OnBusy onBusy;
  private final Optional<Tickets> tickets;
  private final HeldLock held;

  Relocation(
      Reporter reporter, LockWait place, OnBusy onBusy, Optional<Order> order, HeldLock held) {
    this.reporter = reporter;
    this.place = place;
    this.onBusy = onBusy;
    this.tickets = order.map(Tickets::of);
    this.held = held;
  }

  HeldLock acquire() throws Busy, LockFailed, SupersededException, InterruptedException {
    try (Cleanup failed = new Cleanup(reporter)) {
      if (tickets.isPresent()) {
        failed.own(tickets.get());
      }
      HeldLock further = place.await(this::tryAcquire);
      failed.keep();
      return further;
    }
  }

  /**
   * Takes the locks out of turn: a deploy that holds a lock that others wait for must not wait for
   * those others.
   */
  private Optional<HeldLock> tryAcquire() throws IOException, Busy, SupersededException {
    LockFiles files = place.files();
    SortedSet<Path> missing = new TreeSet<>(files.all());
    missing.removeAll(held.files().all());
    if (onBusy != OnBusy.FAIL) {
      moveTo(missing);
    }
    Optional<DestLocks> locks = DestLocks.tryAcquire(missing);
    if (locks.isEmpty()) {
      requireToWait();
      return Optional.empty();
    }
    if (!files.areThoseOf(place.files())) {
      Cleanup.close(locks.get(), reporter);
      return Optional.empty();
    }
    moveTo(missing);
    DestLock main =
        locks.get().of(files.main()).or(() -> held.locks().of(files.main())).orElseThrow();
    return Optional.of(new HeldLock(files, main, locks.get(), tickets));
  }

  private void moveTo(SortedSet<Path> queues) throws IOException {
    if (tickets.isPresent()) {
      tickets.get().moveTo(queues);
    }
  }

  private void requireToWait() throws IOException, Busy, SupersededException {
    if (onBusy == OnBusy.FAIL || tickets.isEmpty()) {
      throw busy("another deploy is running", "wait for it");
    }
    if (!tickets.get().isSuperseded()) {
      return;
    }
    if (onBusy == OnBusy.NEWEST) {
      throw new SupersededException();
    }
    if (held.tickets().isPresent() && held.tickets().get().isSuperseded()) {
      throw busy("a later deploy is running, and might wait for this one", "deploy once more");
    }
  }

  private Busy busy(String what, String remedy) {
    return place.busy("dest %s was made to lead to where " + what, remedy);
  }
}
