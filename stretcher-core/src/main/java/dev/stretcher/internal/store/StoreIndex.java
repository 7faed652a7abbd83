package dev.stretcher.internal.store;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Which keys there are, and where their values are in the file. Not thread-safe. */
final class StoreIndex {
  private final TreeMap<String, Place> keys = new TreeMap<>();

  /** The versions that deleted keys. */
  private final TreeMap<String, Long> deleted = new TreeMap<>();

  private final Map<String, LeaseTime> leases = new HashMap<>();
  private final long from;
  private long version;

  /**
   * @param from nothing is known of deletions up to this version
   */
  StoreIndex(long from) {
    this.from = from;
    this.version = from;
  }

  /**
   * A key.
   *
   * @param put what was said of it
   * @param version when it was written
   * @param position where the line of its value is
   * @param length of that line
   */
  record Place(StoreLine.Put put, long version, long position, int length) {}

  long version() {
    return version;
  }

  Optional<Place> get(String key) {
    return Optional.ofNullable(keys.get(key));
  }

  Map<String, LeaseTime> leases() {
    return leases;
  }

  /** Returns the keys that begin with a prefix, in their order. */
  NavigableMap<String, Place> below(String prefix) {
    return below(keys, prefix);
  }

  /** Tells whether a key that begins with a prefix may have been set or deleted since a version. */
  boolean hasChanged(String prefix, long since) {
    return since < from
        || since > version
        || below(prefix).values().stream().anyMatch(place -> place.version() > since)
        || below(deleted, prefix).values().stream().anyMatch(each -> each > since);
  }

  private static <T> NavigableMap<String, T> below(NavigableMap<String, T> map, String prefix) {
    // Texts are compared by their UTF-16 units, and no unit is larger than this one.
    return prefix.isEmpty() ? map : map.subMap(prefix, true, prefix + '\uffff', true);
  }

  /** Tells whether the lease of a key is over. */
  boolean isLost(Place place, LeaseTime now) {
    Optional<String> lease = place.put().lease();
    return lease.isPresent() && !isAlive(lease.get(), now);
  }

  boolean isAlive(String lease, LeaseTime now) {
    LeaseTime end = leases.get(lease);
    return end != null && !end.isOver(now);
  }

  void set(Place place) {
    keys.put(place.put().key(), place);
    deleted.remove(place.put().key());
  }

  void apply(StoreLine line, long at) {
    if (line instanceof StoreLine.Delete gone) {
      keys.remove(gone.key());
      deleted.put(gone.key(), at);
    } else if (line instanceof StoreLine.Until until) {
      leases.put(until.lease(), until.end());
    } else if (line instanceof StoreLine.Ended ended) {
      leases.remove(ended.lease());
    }
  }

  void reach(long reached) {
    version = reached;
  }
}
