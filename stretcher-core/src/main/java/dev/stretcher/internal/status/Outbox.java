package dev.stretcher.internal.status;

import dev.stretcher.fleet.AppName;
import dev.stretcher.internal.live.Reasons;
import dev.stretcher.internal.pause.Backoff;
import dev.stretcher.internal.pause.Pauses;
import dev.stretcher.process.Background;
import dev.stretcher.process.Interrupts;
import dev.stretcher.store.Change;
import dev.stretcher.store.KeyValueStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
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
 *
 * <p>A key that the store refuses while it takes others, as a token may write some keys only, does
 * not hold up the others: it is kept aside, and tried again from time to time.
 */
public final class Outbox implements AutoCloseable {
  private static final int MOST_BYTES = 256 * 1024;
  private static final int MOST_PROBES = 8;
  private static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private final KeyValueStore store;
  private final Pauses pauses;
  private final BiConsumer<AppName, String> warnings;
  private final Backoff backoff;
  private final Map<String, Letter> waiting = new LinkedHashMap<>();
  private final RefusedKeys refused;
  private final Background<Outbox, IOException> thread;
  private boolean writing;
  private boolean pausing;
  private boolean isBroken;

  /** What is to be written of an app. */
  public record Letter(AppName app, Change.Put change) {}

  /**
   * Creates one, and a thread that writes.
   *
   * @param store where it writes, which stays open
   * @param warnings takes what an operator should know of an app
   */
  public Outbox(
      KeyValueStore store,
      Pauses pauses,
      RandomGenerator random,
      BiConsumer<AppName, String> warnings) {
    this.store = store;
    this.pauses = pauses;
    this.warnings = warnings;
    this.backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, random);
    this.refused = new RefusedKeys(random);
    this.thread = Background.start("stretcher-statuses", this::work);
  }

  /** Takes values, each in the place of an earlier one of its key. */
  public synchronized void put(List<Letter> letters) {
    for (Letter letter : letters) {
      if (!refused.replaces(letter)) {
        // What is newer goes last, so that a log is there before the status that speaks of it.
        waiting.remove(letter.change().key());
        waiting.put(letter.change().key(), letter);
      }
    }
    notifyAll();
  }

  /** Tries at once what has failed, since the store can be asked again. */
  public synchronized void storeFound() {
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
    try {
      send(batch);
      written(batch);
    } catch (AccessDeniedException e) {
      writeEach(batch, e);
    } catch (IOException e) {
      Interrupts.rethrow(e);
      failed(batch, e, Reasons.of(e));
    } catch (RuntimeException e) {
      // A defect of a plug-in must not silence this host for ever.
      failed(batch, e, e.toString());
    }
  }

  private void send(List<Letter> batch) throws IOException, InterruptedException {
    List<Change> changes = new ArrayList<>();
    for (Letter letter : batch) {
      changes.add(letter.change());
    }
    store.write(changes);
  }

  /**
   * A write is refused as a whole for one of its keys; if all are refused, it is something else.
   */
  private void writeEach(List<Letter> batch, AccessDeniedException whole)
      throws InterruptedException {
    List<Letter> taken = new ArrayList<>();
    Map<Letter, String> denied = new LinkedHashMap<>();
    try {
      Iterator<Letter> letters = batch.iterator();
      while (letters.hasNext() && batch.size() > 1 && !isOfNoUse(taken, denied)) {
        Letter letter = letters.next();
        try {
          send(List.of(letter));
          taken.add(letter);
        } catch (AccessDeniedException e) {
          denied.put(letter, Reasons.of(e));
        }
      }
    } catch (IOException | RuntimeException e) {
      Interrupts.rethrow(e);
      batch.removeAll(taken);
      failed(batch, e, Reasons.of(e));
      return;
    }
    if (taken.isEmpty()) {
      failed(batch, whole, Reasons.of(whole));
    } else {
      refused(taken, denied);
    }
  }

  /** There are fewer kinds of keys than this; a token that has expired may write none. */
  private static boolean isOfNoUse(List<Letter> taken, Map<Letter, String> denied) {
    return taken.isEmpty() && denied.size() >= MOST_PROBES;
  }

  private void refused(List<Letter> taken, Map<Letter, String> denied) {
    List<Letter> news = new ArrayList<>();
    Duration wait;
    synchronized (this) {
      for (Letter letter : denied.keySet()) {
        Letter newer = waiting.remove(letter.change().key());
        if (refused.keep(newer == null ? letter : newer)) {
          news.add(letter);
        }
      }
      wait = refused.nextWait();
    }
    for (Letter letter : news) {
      warnings.accept(
          letter.app(),
          "the store refuses %s and takes other keys: %s; it is tried again"
              .formatted(letter.change().key(), denied.get(letter)));
    }
    pauses.later(wait, this::tryRefused);
    written(taken);
  }

  private synchronized void tryRefused() {
    put(refused.takeAll());
  }

  private synchronized void written(List<Letter> batch) {
    refused.taken(batch);
    writing = false;
    isBroken = false;
    backoff.reset();
    notifyAll();
  }

  private void failed(List<Letter> batch, Exception failure, String reason) {
    if (isFirstFailure()) {
      warnings.accept(
          batch.get(0).app(),
          "the status cannot be written to %s: %s; it is tried again"
              .formatted(store.name(), reason));
    }
    Duration wait;
    synchronized (this) {
      wait = backoff.next(failure);
      putBack(batch);
      writing = false;
      pausing = true;
      notifyAll();
    }
    pauses.later(wait, this::goOn);
  }

  private synchronized boolean isFirstFailure() {
    boolean isFirst = !isBroken;
    isBroken = true;
    return isFirst;
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
  public synchronized boolean flush(Duration most) throws InterruptedException {
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
