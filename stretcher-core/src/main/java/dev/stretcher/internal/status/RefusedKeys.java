package dev.stretcher.internal.status;

import dev.stretcher.internal.pause.Backoff;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What the store refuses while it takes other keys, as a token may write some keys only: the last
 * value of each key, until it is tried again. Not thread-safe.
 */
final class RefusedKeys {
  private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final Map<String, Outbox.Letter> kept = new LinkedHashMap<>();
  private final Set<String> told = new HashSet<>();
  private final Backoff backoff;

  RefusedKeys(RandomGenerator random) {
    this.backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, random);
  }

  /** Takes a newer value, if its key is kept here. */
  boolean replaces(Outbox.Letter letter) {
    return kept.replace(letter.change().key(), letter) != null;
  }

  /** Keeps a value; returns whether nobody was told that its key is refused. */
  boolean keep(Outbox.Letter letter) {
    kept.put(letter.change().key(), letter);
    return told.add(letter.change().key());
  }

  /** Returns when what is kept is to be tried again. */
  Duration nextWait() {
    return backoff.next();
  }

  /** Returns what is to be tried again, which is kept no more. */
  List<Outbox.Letter> takeAll() {
    List<Outbox.Letter> all = List.copyOf(kept.values());
    kept.clear();
    return all;
  }

  /** The store has taken these. */
  void taken(Collection<Outbox.Letter> letters) {
    letters.forEach(letter -> told.remove(letter.change().key()));
    if (told.isEmpty()) {
      backoff.reset();
    }
  }
}
