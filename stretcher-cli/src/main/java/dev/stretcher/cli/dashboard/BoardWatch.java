package dev.stretcher.cli.dashboard;

import dev.stretcher.cli.dashboard.Board.Loss;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.Counted;
import dev.stretcher.fleet.Fleet;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.FleetStatus;
import dev.stretcher.fleet.MalformedValueException;
import dev.stretcher.store.KeyValue;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.store.Listing;
import dev.stretcher.store.Membership;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the board of a fleet as the store has it: by two watches, one of what is desired and one of
 * what hosts have. Thread-safe.
 */
final class BoardWatch implements Closeable {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final KeyValueStore store;
  private final Counted who;
  private final InstantSource clock;
  private final Optional<Membership> members;
  private final Set<Part> lost = EnumSet.noneOf(Part.class);
  private final Map<Part, Listing> listings = new TreeMap<>();
  private final Object reading = new Object();
  private @Nullable Follower desired;
  private @Nullable Follower hosts;
  private Board board;
  private long version;

  /** What is watched. */
  private enum Part {
    DESIRED,
    HOSTS
  }

  /** A board, and the number by which {@link #after} knows it. */
  record Numbered(Board board, long version) {}

  BoardWatch(KeyValueStore store, Counted who, InstantSource clock) {
    this.store = store;
    this.who = who;
    this.clock = clock;
    this.members = store.membership().map(RecentMembership::new);
    this.board = Board.empty(store.name());
  }

  /** Begins to watch. */
  void start() {
    // Nobody tells who is alive: that is looked at when a watch returns.
    Duration most = members.isPresent() ? RecentMembership.OLDEST : LONG;
    desired = new Follower(store, FleetKeys.DESIRED, LONG, ear(Part.DESIRED));
    hosts = new Follower(store, FleetKeys.HOSTS, most, ear(Part.HOSTS));
  }

  private Follower.Ear ear(Part part) {
    return new Follower.Ear() {
      @Override
      public void found(Listing listing) throws IOException, InterruptedException {
        BoardWatch.this.found(part, listing);
      }

      @Override
      public void lost(String reason) {
        BoardWatch.this.lost(part, reason);
      }
    };
  }

  /** Returns the board as it is now. */
  synchronized Board now() {
    return board;
  }

  /** Waits for a board after a version, or until a time is over; returns that of now. */
  synchronized Numbered after(long known, Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    for (long left = most.toMillis(); version == known && left > 0; ) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
    return new Numbered(board, version);
  }

  private void found(Part part, Listing listing) throws IOException, InterruptedException {
    // Who is alive may be asked, and that must not keep clients from the board of now.
    synchronized (reading) {
      listings.put(part, listing);
      if (listings.size() == Part.values().length) {
        Map<String, AppBoard> apps = apps();
        found(part, Optional.of(apps));
      } else {
        found(part, Optional.empty());
      }
    }
  }

  private synchronized void found(Part part, Optional<Map<String, AppBoard>> apps) {
    lost.remove(part);
    Optional<Loss> loss = lost.isEmpty() ? Optional.empty() : board.loss();
    set(apps.isPresent() ? new Board(store.name(), true, loss, apps.get()) : board.withLoss(loss));
  }

  private synchronized void lost(Part part, String reason) {
    lost.add(part);
    if (board.loss().isEmpty()) {
      set(board.withLoss(Optional.of(new Loss(clock.instant(), reason))));
    }
  }

  private void set(Board newer) {
    if (!newer.equals(board)) {
      board = newer;
      version++;
      notifyAll();
    }
  }

  private Map<String, AppBoard> apps() throws IOException, InterruptedException {
    WatchedStore view = new WatchedStore(store.name(), List.copyOf(listings.values()), members);
    Map<String, AppBoard> apps = new TreeMap<>();
    for (String name : names()) {
      Optional<AppBoard> app = app(view, name);
      if (app.isPresent()) {
        apps.put(name, app.get());
      }
    }
    return apps;
  }

  /** Returns the apps of which something is desired, or of which hosts say something. */
  private Set<String> names() {
    Set<String> names = new TreeSet<>();
    listings.forEach(
        (part, listing) -> {
          for (KeyValue entry : listing.entries()) {
            String key = entry.key();
            int start =
                part == Part.DESIRED ? FleetKeys.DESIRED.length() : key.lastIndexOf('/') + 1;
            names.add(key.substring(start));
          }
        });
    return names;
  }

  private Optional<AppBoard> app(WatchedStore view, String name)
      throws IOException, InterruptedException {
    AppName app;
    try {
      app = new AppName(name);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    try {
      return Optional.of(AppBoard.of(Fleet.over(view).status(app, who), Optional.empty()));
    } catch (MalformedValueException e) {
      return Optional.of(AppBoard.of(undesired(view, app), Optional.ofNullable(e.getMessage())));
    }
  }

  private FleetStatus undesired(WatchedStore view, AppName app)
      throws IOException, InterruptedException {
    WatchedStore hosts = view.only(FleetKeys.HOSTS);
    try {
      return Fleet.over(hosts).status(app, who);
    } catch (MalformedValueException e) {
      throw new IllegalStateException("there is nothing desired in it", e);
    }
  }

  @Override
  public void close() {
    if (desired != null && hosts != null) {
      desired.close();
      hosts.close();
    }
  }
}
