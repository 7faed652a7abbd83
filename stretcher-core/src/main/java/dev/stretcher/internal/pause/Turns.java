package dev.stretcher.internal.pause;

import dev.stretcher.fleet.AppName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Which apps may deploy at the same time: those that come first. One that does not end keeps its
 * turn, so that an operator must be able to learn who has them. Thread-safe.
 */
public final class Turns {
  private static final int MOST_NAMED = 8;

  private final int most;
  private final Duration patience;
  private final Semaphore free;
  private final Clock clock;

  /** Since when each app has its turn, the oldest first. */
  private final Map<AppName, Instant> holders = new LinkedHashMap<>();

  /** Whether it was told who has the turns since one was given back last. */
  private boolean isTold;

  /** Hears who has the turns. */
  public interface Listener {
    /**
     * Takes it.
     *
     * @param isFirst whether no other app that waits has heard it
     */
    void tell(String said, boolean isFirst);
  }

  /**
   * Creates turns that are all free.
   *
   * @param most how many there are
   * @param patience how long an app waits for one before it is told who has them
   */
  public Turns(int most, Duration patience, Clock clock) {
    this.most = most;
    this.patience = patience;
    this.free = new Semaphore(most, true);
    this.clock = clock;
  }

  /** Takes a turn, if one is free. */
  public boolean tryTake(AppName app) {
    return free.tryAcquire() && hold(app);
  }

  /**
   * Takes a turn, and waits until one is free.
   *
   * @param listener is told who has them, if that takes long
   * @throws InterruptedException if the thread was interrupted; no turn is taken
   */
  public void take(AppName app, Listener listener) throws InterruptedException {
    if (!free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      listener.tell(said(), isFirstToBeTold());
      // Behind those that have come meanwhile: once, which delays nobody for long.
      free.acquire();
    }
    hold(app);
  }

  private synchronized boolean isFirstToBeTold() {
    boolean isFirst = !isTold;
    isTold = true;
    return isFirst;
  }

  /** Takes a turn, whatever comes. */
  public void takeUninterruptibly(AppName app) {
    free.acquireUninterruptibly();
    hold(app);
  }

  private synchronized boolean hold(AppName app) {
    holders.put(app, clock.instant());
    return true;
  }

  /** Gives a turn back. */
  public void giveBack(AppName app) {
    synchronized (this) {
      holders.remove(app);
      isTold = false;
    }
    free.release();
  }

  /** Says who has the turns: those first that have had theirs for longest. */
  private synchronized String said() {
    List<String> names = holders.keySet().stream().limit(MOST_NAMED).map(AppName::value).toList();
    int more = holders.size() - names.size();
    Duration longest =
        holders.values().stream()
            .findFirst()
            .map(since -> Duration.between(since, clock.instant()))
            .orElse(Duration.ZERO);
    return "it waits for its turn, as only %s apps deploy at once: %s%s do, the first for %s min"
        .formatted(
            Integer.toString(most),
            String.join(", ", names),
            more > 0 ? " and " + Integer.toString(more) + " more" : "",
            Long.toString(Math.max(0, longest.toMinutes())));
  }
}
