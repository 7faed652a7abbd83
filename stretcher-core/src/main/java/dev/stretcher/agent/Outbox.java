package dev.stretcher.agent;

import dev.stretcher.fleet.AppName;
import dev.stretcher.internal.live.Reasons;
import dev.stretcher.process.Background;
import dev.stretcher.process.Interrupts;
import dev.stretcher.store.Change;
import dev.stretcher.store.KeyValueStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/**
 * Writes to the store what hosts say, in a thread of its own: only the last value of each key, and
 * later if the store is away. Who puts something in never waits for the store. Thread-safe.
 */
final class Outbox implements AutoCloseable {
  private static final int MOST_BYTES = 256 * 1024;
  private static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private final KeyValueStore store;
  private final Pauses pauses;
  private final BiConsumer<AppName, String> warnings;
  private final Backoff backoff;
  private final Map<String, Letter> waiting = new LinkedHashMap<>();
  private final Background<Outbox, IOException> thread;
  private boolean writing;
  private boolean pausing;
  private boolean isBroken;

  /** What is to be written of an app. */
  record Letter(AppName app, Change.Put change) {}

  Outbox(
      KeyValueStore store,
      Pauses pauses,
      RandomGenerator random,
      BiConsumer<AppName, String> warnings) {
    this.store = store;
    this.pauses = pauses;
    this.warnings = warnings;
    this.backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, random);
    this.thread = Background.start("stretcher-statuses", this::work);
  }

  /** Takes values, each in the place of an earlier one of its key. */
  synchronized void put(List<Letter> letters) {
    for (Letter letter : letters) {
      // What is newer goes last, so that a log is there before the status that speaks of it.
      waiting.remove(letter.change().key());
      waiting.put(letter.change().key(), letter);
    }
    notifyAll();
  }

  /** Tries at once what has failed, since the store can be asked again. */
  synchronized void storeFound() {
    pausing = false;
    backoff.reset();
    notifyAll();
  }

  private Outbox work() throws InterruptedException {
    while (true) {
      write(next());
    }
  }

  private synchronized List<Letter> next() throws InterruptedException {
    while (waiting.isEmpty() || pausing) {
      wait();
    }
    List<Letter> batch = new ArrayList<>();
    int bytes = 0;
    Iterator<Letter> letters = waiting.values().iterator();
    while (letters.hasNext() && batch.size() < KeyValueStore.MAX_CHANGES) {
      Letter letter = letters.next();
      bytes += letter.change().value().getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MOST_BYTES && !batch.isEmpty()) {
        break;
      }
      batch.add(letter);
      letters.remove();
    }
    writing = true;
    return batch;
  }

  private void write(List<Letter> batch) throws InterruptedException {
    List<Change> changes = new ArrayList<>();
    for (Letter letter : batch) {
      changes.add(letter.change());
    }
    try {
      store.write(changes);
      written();
    } catch (IOException e) {
      Interrupts.rethrow(e);
      failed(batch, e, Reasons.of(e));
    } catch (RuntimeException e) {
      // A defect of a plug-in must not silence this host for ever.
      failed(batch, e, e.toString());
    }
  }

  private synchronized void written() {
    writing = false;
    isBroken = false;
    backoff.reset();
    notifyAll();
  }

  private void failed(List<Letter> batch, Exception failure, String reason) {
    boolean first;
    Duration wait;
    synchronized (this) {
      wait = backoff.next(failure);
      putBack(batch);
      writing = false;
      pausing = true;
      first = !isBroken;
      isBroken = true;
      notifyAll();
    }
    pauses.later(wait, this::goOn);
    if (first) {
      warnings.accept(
          batch.get(0).app(),
          "the status cannot be written to %s: %s; it is tried again"
              .formatted(store.name(), reason));
    }
  }

  /** In front of what came meanwhile, of which nothing is replaced. */
  private void putBack(List<Letter> batch) {
    Map<String, Letter> newer = new LinkedHashMap<>(waiting);
    waiting.clear();
    for (Letter letter : batch) {
      if (!newer.containsKey(letter.change().key())) {
        waiting.put(letter.change().key(), letter);
      }
    }
    waiting.putAll(newer);
  }

  private synchronized void goOn() {
    pausing = false;
    notifyAll();
  }

  /**
   * Waits until all is written, or the time is over.
   *
   * @return whether all is written
   */
  synchronized boolean flush(Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    pausing = false;
    notifyAll();
    while (writing || (!waiting.isEmpty() && !pausing)) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        break;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return waiting.isEmpty() && !writing;
  }

  /** Gives up what is not written. */
  @Override
  public void close() {
    thread.end(Duration.ofSeconds(1));
  }
}
