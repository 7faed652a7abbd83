package dev.stretcher.cli.dashboard;

import dev.stretcher.store.Change;
import dev.stretcher.store.KeyValue;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.store.Lease;
import dev.stretcher.store.Listing;
import dev.stretcher.store.Membership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What watches of a store have returned, as a store: who reads it does not ask the store once more.
 *
 * @param name that of the store
 * @param listings of different prefixes
 * @param membership who belongs to the fleet
 */
record WatchedStore(String name, List<Listing> listings, Optional<Membership> membership)
    implements KeyValueStore {
  @Override
  public Optional<KeyValue> get(String key) {
    for (Listing listing : listings) {
      for (KeyValue entry : listing.entries()) {
        if (entry.key().equals(key)) {
          return Optional.of(entry);
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public Listing list(String prefix) {
    List<KeyValue> below = new ArrayList<>();
    for (Listing listing : listings) {
      for (KeyValue entry : listing.entries()) {
        if (entry.key().startsWith(prefix)) {
          below.add(entry);
        }
      }
    }
    return new Listing(below, 1);
  }

  /** Returns the same without other keys. */
  WatchedStore only(String prefix) {
    return new WatchedStore(name, List.of(list(prefix)), membership);
  }

  @Override
  public Listing watch(String prefix, long version, Duration most) {
    return list(prefix);
  }

  @Override
  public boolean write(List<Change> changes) {
    throw new UnsupportedOperationException("it is read only");
  }

  @Override
  public Lease lease(String purpose, Duration ttl) {
    throw new UnsupportedOperationException("it is read only");
  }

  /** The store itself stays open. */
  @Override
  public void close() {}
}
