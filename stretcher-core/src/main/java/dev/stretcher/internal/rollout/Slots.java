package dev.stretcher.internal.rollout;

import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.store.Change;
import dev.stretcher.store.Change.Condition;
import dev.stretcher.store.KeyValue;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.store.Lease;
import dev.stretcher.store.Listing;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The slots of an app: a semaphore in a store, in the format of {@code consul lock}. A holder has a
 * key of its own that vanishes with its lease, so that the slot of a host that died is free again.
 *
 * <p>Unlike Consul's clients, hosts take the limit from what is desired, and write it anew when it
 * has changed. A host that waits has no key: only who tries to take a slot makes one.
 */
public final class Slots {
  /** How long a slot lasts after its host has died; Consul may take twice as long. */
  private static final Duration TTL = Duration.ofSeconds(30);

  private static final int MOST_TRIES = 3;

  private final KeyValueStore store;
  private final AppName app;
  private final String node;
  private final String prefix;
  private final String lock;

  /** Names the slots of an app. */
  public Slots(KeyValueStore store, AppName app, String node) {
    this.store = store;
    this.app = app;
    this.node = node;
    this.prefix = FleetKeys.slots(app);
    this.lock = prefix + ".lock";
  }

  /**
   * The slots at one moment.
   *
   * @param holders the IDs of the leases that hold one, without those that are gone
   * @param nodes the hosts of these
   * @param known what the key of the semaphore has; empty if there is none
   * @param version that of the listing
   */
  record View(Set<String> holders, Set<String> nodes, Optional<KeyValue> known, long version) {
    int free(int limit) {
      return limit - holders.size();
    }
  }

  String prefix() {
    return prefix;
  }

  /**
   * Looks.
   *
   * @throws IOException if the store cannot be asked, or the key of the semaphore is something else
   */
  View look() throws IOException, InterruptedException {
    Listing listing = store.list(prefix);
    Optional<KeyValue> known = Optional.empty();
    Set<String> recorded = Set.of();
    for (KeyValue entry : listing.entries()) {
      if (entry.key().equals(lock)) {
        known = Optional.of(entry);
        recorded = holders(entry);
      }
    }
    Set<String> holders = new HashSet<>();
    Set<String> nodes = new HashSet<>();
    for (KeyValue entry : listing.entries()) {
      if (entry.lease().isPresent() && recorded.contains(entry.lease().get())) {
        holders.add(entry.lease().get());
        nodes.add(entry.value());
      }
    }
    return new View(holders, nodes, known, listing.version());
  }

  private Set<String> holders(KeyValue entry) throws IOException {
    try {
      return SlotLock.parse(entry.value()).holders();
    } catch (IOException e) {
      throw new IOException(
          "the key %s is no semaphore; delete it: %s".formatted(lock, e.getMessage()), e);
    }
  }

  /**
   * Takes a slot if one is free.
   *
   * @param limit how many hosts may hold one
   * @return the slot, which the caller closes
   * @throws IOException if the store cannot be asked
   * @throws InterruptedException if the thread was interrupted; no slot stays taken
   */
  Optional<Slot> take(int limit) throws IOException, InterruptedException {
    Lease lease = store.lease("stretcher: %s on %s switches".formatted(app, node), TTL);
    Optional<Slot> slot = Optional.empty();
    try {
      String own = prefix + lease.id();
      if (lease.take(own, node) && hold(lease.id(), limit)) {
        slot = Optional.of(new Slot(this, lease, own));
      }
      return slot;
    } finally {
      if (slot.isEmpty()) {
        end(lease);
      }
    }
  }

  /** One that cannot be ended now ends by itself. */
  static void end(Lease lease) {
    try {
      lease.close();
    } catch (IOException e) {
      return;
    }
  }

  private boolean hold(String id, int limit) throws IOException, InterruptedException {
    for (int i = 0; i < MOST_TRIES; i++) {
      View view = look();
      if (view.free(limit) <= 0) {
        return false;
      }
      Set<String> holders = new HashSet<>(view.holders());
      holders.add(id);
      if (store.write(List.of(put(new SlotLock(limit, holders), view.known())))) {
        return true;
      }
    }
    return false;
  }

  private Change put(SlotLock next, Optional<KeyValue> known) {
    Condition unchanged =
        known.isPresent() ? new Condition.At(known.get().version()) : Condition.ABSENT;
    return new Change.Put(lock, next.json(), SlotLock.FLAGS, unchanged);
  }

  /** Gives a slot back; who was faster finds that its lease is gone. */
  void release(String id, String own) throws IOException, InterruptedException {
    for (int i = 0; i < MOST_TRIES; i++) {
      View view = look();
      if (view.known().isEmpty() || !view.holders().contains(id)) {
        return;
      }
      Set<String> holders = new HashSet<>(view.holders());
      holders.remove(id);
      int limit = SlotLock.parse(view.known().get().value()).limit();
      Change left = put(new SlotLock(limit, holders), view.known());
      if (store.write(List.of(left, Change.delete(own)))) {
        return;
      }
    }
  }
}
