package dev.stretcher.testing.consul;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the servers of Consul agree on. Guarded by its monitor, which is notified of changes. */
final class State {
  private final Map<String, Session> sessions = new HashMap<>();
  private final Map<String, Instant> delays = new HashMap<>();
  private TreeMap<String, Entry> entries = new TreeMap<>();
  private TreeMap<String, Long> deleted = new TreeMap<>();
  private long index;
  private long changed;
  private long restores;
  private Duration ahead = Duration.ZERO;

  State(long index) {
    this.index = index;
    this.changed = index;
  }

  /** A copy of the store. */
  record Saved(TreeMap<String, Entry> entries, TreeMap<String, Long> deleted, long index) {}

  synchronized Saved saved() {
    return new Saved(new TreeMap<>(entries), new TreeMap<>(deleted), index);
  }

  synchronized void restore(Saved saved) {
    entries = new TreeMap<>(saved.entries());
    deleted = new TreeMap<>(saved.deleted());
    sessions.clear();
    delays.clear();
    index = saved.index();
    changed = saved.index();
    restores++;
    notifyAll();
  }

  synchronized long restores() {
    return restores;
  }

  synchronized Instant now() {
    return Instant.now().plus(ahead);
  }

  synchronized void advance(Duration duration) {
    ahead = ahead.plus(duration);
    endSessions();
  }

  /** Ends the sessions whose time is over. */
  synchronized void endSessions() {
    for (Session session : List.copyOf(sessions.values())) {
      if (session.isOver(now())) {
        end(session.id());
      }
    }
  }

  /** Returns the index for what happens next. */
  synchronized long next() {
    return ++index;
  }

  /** Returns the index of the last change of any key. */
  synchronized long changed() {
    return changed;
  }

  synchronized Optional<Entry> entry(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  synchronized List<Entry> below(String prefix) {
    return entries.tailMap(prefix).values().stream()
        .takeWhile(entry -> entry.key().startsWith(prefix))
        .toList();
  }

  /** Returns the index of the last change below a prefix, or that of all keys. */
  synchronized long changedBelow(String prefix) {
    long last = below(prefix).stream().mapToLong(Entry::modified).max().orElse(0);
    for (Map.Entry<String, Long> each : deleted.tailMap(prefix).entrySet()) {
      if (!each.getKey().startsWith(prefix)) {
        break;
      }
      last = Math.max(last, each.getValue());
    }
    return last == 0 || prefix.isEmpty() ? changed : last;
  }

  /** Sets a key and keeps its session. */
  synchronized Entry set(String key, byte[] value, long flags, long at) {
    Optional<Entry> old = entry(key);
    return put(
        key,
        value,
        flags,
        old.map(Entry::session).orElse(""),
        old.map(Entry::lockIndex).orElse(0L),
        at);
  }

  private Entry put(String key, byte[] value, long flags, String session, long lockIndex, long at) {
    Optional<Entry> old = entry(key);
    Entry entry =
        new Entry(key, value, flags, session, lockIndex, old.map(Entry::created).orElse(at), at);
    if (old.isPresent() && old.get().isAs(entry)) {
      return old.get();
    }
    entries.put(key, entry);
    changed = at;
    notifyAll();
    return entry;
  }

  synchronized void delete(String key, long at) {
    if (entries.remove(key) != null) {
      deleted.put(key, at);
      changed = at;
      notifyAll();
    }
  }

  synchronized Optional<Session> session(String id) {
    return Optional.ofNullable(sessions.get(id));
  }

  synchronized List<Session> sessions() {
    return List.copyOf(sessions.values());
  }

  synchronized void keep(Session session) {
    sessions.put(session.id(), session);
  }

  /** Takes a key for a session that is there. */
  synchronized boolean acquire(String key, byte[] value, long flags, String session, long at) {
    Optional<Entry> old = entry(key);
    String holder = old.map(Entry::session).orElse("");
    boolean isDelayed = delays.getOrDefault(key, Instant.MIN).isAfter(now());
    if (isDelayed || !(holder.isEmpty() || holder.equals(session))) {
      return false;
    }
    long lockIndex = old.map(Entry::lockIndex).orElse(0L) + (holder.isEmpty() ? 1 : 0);
    put(key, value, flags, session, lockIndex, at);
    return true;
  }

  synchronized boolean release(String key, byte[] value, long flags, String session, long at) {
    Optional<Entry> old = entry(key).filter(entry -> entry.session().equals(session));
    if (old.isEmpty()) {
      return false;
    }
    put(key, value, flags, "", old.get().lockIndex(), at);
    return true;
  }

  /** Ends a session, and does to its keys what it is for. */
  synchronized void end(String id) {
    Session session = sessions.remove(id);
    if (session == null) {
      return;
    }
    long at = next();
    for (Entry entry : List.copyOf(entries.values())) {
      if (!entry.session().equals(id)) {
        continue;
      }
      if (session.deletes()) {
        delete(entry.key(), at);
      } else {
        put(entry.key(), entry.value(), entry.flags(), "", entry.lockIndex(), at);
      }
      delays.put(entry.key(), now().plus(session.lockDelay()));
    }
  }
}
