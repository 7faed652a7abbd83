package dev.stretcher.cli.dashboard;

import dev.stretcher.cli.http.Daemons;
import dev.stretcher.cli.invocation.Reason;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.store.Listing;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Watches the keys below a prefix in a thread of its own, without end. */
final class Follower implements Closeable {
  /** So often at most a page changes, however fast the hosts report. */
  private static final Duration BETWEEN = Duration.ofMillis(200);

  private static final Duration FIRST_RETRY = Duration.ofMillis(250);

  /** Not a minute, as for agents: people wait for the page, and there are few. */
  private static final Duration LAST_RETRY = Duration.ofSeconds(10);

  private final KeyValueStore store;
  private final String prefix;
  private final Duration most;
  private final Ear ear;
  private final Thread thread;

  /** Hears what a watch returns. */
  interface Ear {
    /**
     * Takes what is there now.
     *
     * @throws IOException if the store cannot be asked for something else
     */
    void found(Listing listing) throws IOException, InterruptedException;

    /** Hears that the store cannot be asked. */
    void lost(String reason);
  }

  /** Begins to watch, for {@code most} at a time. */
  Follower(KeyValueStore store, String prefix, Duration most, Ear ear) {
    this.store = store;
    this.prefix = prefix;
    this.most = most;
    this.ear = ear;
    this.thread = Daemons.named("stretcher-dashboard-watch").newThread(this::run);
    thread.start();
  }

  private void run() {
    long version = 0;
    Duration retry = FIRST_RETRY;
    try {
      while (true) {
        try {
          Listing listing = store.watch(prefix, version, most);
          ear.found(listing);
          version = listing.version();
          retry = FIRST_RETRY;
          pause(BETWEEN);
        } catch (IOException | RuntimeException e) {
          version = 0;
          // Also a defect of a plug-in is shown, and does not end the page.
          ear.lost(e instanceof IOException io ? Reason.of(io) : e.toString());
          pause(retry);
          Duration next = retry.multipliedBy(2);
          retry = next.compareTo(LAST_RETRY) < 0 ? next : LAST_RETRY;
        }
      }
    } catch (InterruptedException e) {
      // That of close: nobody else knows this thread.
    }
  }

  private static void pause(Duration about) throws InterruptedException {
    long nanos = about.toNanos();
    TimeUnit.NANOSECONDS.sleep(nanos + ThreadLocalRandom.current().nextLong(nanos / 4));
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
