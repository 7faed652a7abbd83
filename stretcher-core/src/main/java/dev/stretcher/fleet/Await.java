package dev.stretcher.fleet;

import dev.stretcher.fleet.AwaitResult.End;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.store.Listing;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Waits until a fleet has what is desired. Used once, by one thread. */
final class Await {
  /** What is desired is looked at no less often, as it is watched by nobody here. */
  private static final Duration LOOK = Duration.ofSeconds(2);

  private static final Duration BETWEEN = Duration.ofMillis(100);
  private static final Duration FIRST_RETRY = Duration.ofMillis(250);
  private static final Duration LAST_RETRY = Duration.ofMinutes(1);

  /**
   * What a wait is for.
   *
   * @param id what is to be live; empty until it is known
   * @param mostFailures how many hosts may fail
   */
  record Goal(Optional<String> id, int mostFailures) {
    /** Returns the goal once it is known what is desired. */
    Goal knowing(FleetStatus status) {
      return id.isPresent() ? this : new Goal(status.desired().map(DesiredState::id), mostFailures);
    }

    /**
     * Returns why the wait ends.
     *
     * @param seen whether the ID was desired before
     */
    Optional<End> end(FleetStatus status, boolean seen) {
      if (!isDesired(status)) {
        return seen && status.desired().isPresent()
            ? Optional.of(End.SUPERSEDED)
            : Optional.empty();
      }
      int failed = status.of(Standing.FAILED).size();
      int settled = failed + status.of(Standing.LIVE).size();
      int all = status.hosts().size();
      if (failed > mostFailures
          || (all > settled && settled + status.of(Standing.HELD).size() == all)) {
        return Optional.of(End.FAILED);
      }
      // A fleet that nobody belongs to yet does not have it.
      return all > 0 && settled == all ? Optional.of(End.LIVE) : Optional.empty();
    }

    boolean isDesired(FleetStatus status) {
      return id.isPresent() && status.desired().map(DesiredState::id).equals(id);
    }
  }

  private final KeyValueStore store;
  private final AppName app;
  private final StatusReader reader;
  private final AwaitListener listener;
  private Goal goal;
  private boolean seen;
  private long version;
  private Optional<FleetStatus> last = Optional.empty();
  private Optional<Duration> retry = Optional.empty();
  private long deadline;

  Await(KeyValueStore store, AppName app, StatusReader reader, Goal goal, AwaitListener listener) {
    this.store = store;
    this.app = app;
    this.reader = reader;
    this.goal = goal;
    this.listener = listener;
  }

  AwaitResult within(Duration most) throws MalformedValueException, InterruptedException {
    deadline = System.nanoTime() + most.toNanos();
    while (true) {
      Optional<End> end = look();
      if (end.isPresent() || left().isZero()) {
        return new AwaitResult(end.orElse(End.TIMED_OUT), last);
      }
      pause(retry.orElse(BETWEEN));
    }
  }

  /** Waits for a change, or looks for the first time. */
  private Optional<End> look() throws MalformedValueException, InterruptedException {
    try {
      Duration most = left().compareTo(LOOK) < 0 ? left() : LOOK;
      Listing hosts = store.watch(FleetKeys.HOSTS, version, most);
      FleetStatus status = reader.status(DesiredKey.read(store, app).map(DesiredKey::state), hosts);
      version = hosts.version();
      found();
      return take(status);
    } catch (IOException e) {
      lost(e);
      return Optional.empty();
    }
  }

  private Optional<End> take(FleetStatus status) {
    boolean news =
        last.isEmpty()
            || !last.get().desired().equals(status.desired())
            || !last.get().hosts().equals(status.hosts());
    last = Optional.of(status);
    if (news) {
      listener.onStatus(status);
    }
    goal = goal.knowing(status);
    seen |= goal.isDesired(status);
    return goal.end(status, seen);
  }

  private void found() {
    if (retry.isPresent()) {
      retry = Optional.empty();
      listener.onStoreFound();
    }
  }

  private void lost(IOException e) {
    if (retry.isEmpty()) {
      listener.onStoreLost(String.valueOf(e.getMessage()));
    }
    Duration next = retry.map(each -> each.multipliedBy(2)).orElse(FIRST_RETRY);
    retry = Optional.of(next.compareTo(LAST_RETRY) < 0 ? next : LAST_RETRY);
    version = 0;
  }

  private Duration left() {
    long nanos = deadline - System.nanoTime();
    return nanos > 0 ? Duration.ofNanos(nanos) : Duration.ZERO;
  }

  /** With some chance in it, so that those who wait do not ask all at once. */
  private void pause(Duration about) throws InterruptedException {
    long nanos = about.toNanos() + ThreadLocalRandom.current().nextLong(about.toNanos() / 2);
    TimeUnit.NANOSECONDS.sleep(Math.min(nanos, left().toNanos()));
  }
}
