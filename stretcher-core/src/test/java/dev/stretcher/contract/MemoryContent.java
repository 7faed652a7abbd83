package dev.stretcher.contract;

import dev.stretcher.store.Change;
import dev.stretcher.store.KeyValue;
import dev.stretcher.store.Lease;
import dev.stretcher.store.Listing;
import dev.stretcher.store.Membership;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** What the clients of a {@link StoreInMemory} share. */
final class MemoryContent {
  private final TreeMap<String, KeyValue> entries = new TreeMap<>();

  /** When each key was set or deleted last. */
  private final TreeMap<String, Long> touched = new TreeMap<>();

  /** When each lease ends. */
  private final Map<String, Long> leases = new HashMap<>();

  private Optional<Membership> members = Optional.empty();
  private Optional<IOException> failure = Optional.empty();
  private List<String> refused = List.of();
  private boolean stalled;
  private long version = 1;
  private long leaseCount;
  private long now;
  private int calls;
  private int watching;

  synchronized void fail(IOException why) {
    failure = Optional.of(why);
    stalled = false;
    notifyAll();
  }

  synchronized void refuseBelow(List<String> prefixes) {
    refused = prefixes;
  }

  synchronized void stall() {
    failure = Optional.empty();
    stalled = true;
  }

  synchronized void comeBack() {
    failure = Optional.empty();
    stalled = false;
    notifyAll();
  }

  synchronized void wake() {
    notifyAll();
  }

  synchronized StoreInMemory.Snapshot snapshot() {
    return new StoreInMemory.Snapshot(new TreeMap<>(entries), version);
  }

  synchronized void restore(StoreInMemory.Snapshot snapshot) {
    entries.clear();
    entries.putAll(snapshot.entries());
    touched.clear();
    for (KeyValue entry : entries.values()) {
      touched.put(entry.key(), entry.version());
    }
    version = snapshot.version();
    notifyAll();
  }

  synchronized void passTime(Duration time) {
    now += time.toNanos();
    for (String lease : List.copyOf(leases.keySet())) {
      if (leases.get(lease) <= now) {
        end(lease);
      }
    }
  }

  synchronized int calls() {
    return calls;
  }

  synchronized long version() {
    return version;
  }

  synchronized int watching() {
    return watching;
  }

  synchronized void members(Membership given) {
    members = Optional.of(given);
  }

  synchronized Optional<Membership> membership() {
    return members;
  }

  synchronized Optional<KeyValue> get(AtomicBoolean closed, String key)
      throws IOException, InterruptedException {
    enter(closed);
    return Optional.ofNullable(entries.get(key));
  }

  synchronized Listing list(AtomicBoolean closed, String prefix)
      throws IOException, InterruptedException {
    enter(closed);
    return listing(prefix);
  }

  synchronized Listing watch(AtomicBoolean closed, String prefix, long known, Duration most)
      throws IOException, InterruptedException {
    enter(closed);
    long end = System.nanoTime() + most.toNanos();
    watching++;
    try {
      while (known != 0 && listing(prefix).version() == known && end - System.nanoTime() > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
        requireOpen(closed);
      }
      return listing(prefix);
    } finally {
      watching--;
    }
  }

  synchronized boolean write(AtomicBoolean closed, List<Change> changes)
      throws IOException, InterruptedException {
    Change.requirePossible(changes);
    enter(closed);
    for (Change change : changes) {
      if (refused.stream().anyMatch(change.key()::startsWith)) {
        throw new AccessDeniedException("memory://test", null, "may not write " + change.key());
      }
    }
    for (Change change : changes) {
      if (!holds(change)) {
        return false;
      }
    }
    version++;
    for (Change change : changes) {
      if (change instanceof Change.Put put) {
        Optional<String> lease =
            Optional.ofNullable(entries.get(put.key())).flatMap(KeyValue::lease);
        entries.put(put.key(), new KeyValue(put.key(), put.value(), put.flags(), version, lease));
        touched.put(put.key(), version);
      } else {
        delete(change.key());
      }
    }
    notifyAll();
    return true;
  }

  private boolean holds(Change change) {
    Optional<KeyValue> entry = Optional.ofNullable(entries.get(change.key()));
    if (change.condition() instanceof Change.Condition.At at) {
      return entry.map(KeyValue::version).filter(is -> is == at.version()).isPresent();
    }
    return !(change.condition() instanceof Change.Condition.Absent) || entry.isEmpty();
  }

  private void delete(String key) {
    if (entries.remove(key) != null) {
      touched.put(key, version);
    }
  }

  synchronized Lease lease(AtomicBoolean closed, Duration ttl)
      throws IOException, InterruptedException {
    enter(closed);
    String id = "lease-" + ++leaseCount;
    leases.put(id, now + ttl.toNanos());
    return new MemoryLease(this, closed, id, ttl);
  }

  private record MemoryLease(MemoryContent content, AtomicBoolean closed, String id, Duration ttl)
      implements Lease {
    @Override
    public boolean take(String key, String value) throws IOException, InterruptedException {
      return content.take(closed, id, key, value);
    }

    @Override
    public boolean renew() throws IOException, InterruptedException {
      return content.renew(closed, id, ttl);
    }

    @Override
    public void close() throws IOException {
      content.closeLease(closed, id);
    }
  }

  private synchronized boolean take(AtomicBoolean closed, String lease, String key, String value)
      throws IOException, InterruptedException {
    enter(closed);
    if (!leases.containsKey(lease)) {
      throw new IOException("the lease " + lease + " is gone");
    }
    Optional<String> holder = Optional.ofNullable(entries.get(key)).flatMap(KeyValue::lease);
    if (holder.isPresent() && !holder.get().equals(lease)) {
      return false;
    }
    version++;
    entries.put(key, new KeyValue(key, value, 0, version, Optional.of(lease)));
    touched.put(key, version);
    notifyAll();
    return true;
  }

  private synchronized boolean renew(AtomicBoolean closed, String lease, Duration ttl)
      throws IOException, InterruptedException {
    enter(closed);
    return leases.computeIfPresent(lease, (id, end) -> now + ttl.toNanos()) != null;
  }

  private synchronized void closeLease(AtomicBoolean closed, String lease) throws IOException {
    requireOpen(closed);
    end(lease);
  }

  private void end(String lease) {
    leases.remove(lease);
    version++;
    for (KeyValue entry : List.copyOf(entries.values())) {
      if (Objects.equals(entry.lease(), Optional.of(lease))) {
        delete(entry.key());
      }
    }
    notifyAll();
  }

  private Listing listing(String prefix) {
    List<KeyValue> found = new ArrayList<>();
    for (KeyValue entry : entries.tailMap(prefix).values()) {
      if (!entry.key().startsWith(prefix)) {
        break;
      }
      found.add(entry);
    }
    long latest = 1;
    for (Map.Entry<String, Long> each : touched.tailMap(prefix).entrySet()) {
      if (!each.getKey().startsWith(prefix)) {
        break;
      }
      latest = Math.max(latest, each.getValue());
    }
    return new Listing(found, latest);
  }

  private void enter(AtomicBoolean closed) throws IOException, InterruptedException {
    calls++;
    requireOpen(closed);
    while (stalled) {
      wait();
      requireOpen(closed);
    }
  }

  private void requireOpen(AtomicBoolean closed) throws IOException {
    if (closed.get()) {
      throw new IOException("the store was closed");
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
  }
}
