package dev.stretcher.internal.dest;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** A deploy's places in the queues of all locks that it needs. Not thread-safe. */
public final class Tickets implements Closeable {
  private final Place place;
  private final Map<Path, Ticket> tickets = new TreeMap<>();

  private Tickets(Place place) {
    this.place = place;
  }

  /** Returns the places of an event; there are none yet. */
  public static Tickets of(Order order) {
    return new Tickets(new Place(order, UUID.randomUUID().toString().replace("-", "")));
  }

  /**
   * Takes places in the queues of these locks, where there are none yet, and gives all other places
   * back.
   */
  public void moveTo(Collection<Path> locks) throws IOException {
    for (Path lock : locks) {
      if (!tickets.containsKey(lock)) {
        tickets.put(lock, Ticket.take(lock, place));
      }
    }
    List<Ticket> others =
        tickets.keySet().stream().filter(lock -> !locks.contains(lock)).toList().stream()
            .map(tickets::remove)
            .toList();
    DestLocks.closeAll(others);
  }

  /** Tells whether a later deploy waits or runs, in any of the queues. */
  public boolean isSuperseded() throws IOException {
    for (Ticket ticket : tickets.values()) {
      if (ticket.isSuperseded()) {
        return true;
      }
    }
    return false;
  }

  /** Tells whether an earlier deploy waits or runs, in any of the queues. */
  public boolean isPreceded() throws IOException {
    for (Ticket ticket : tickets.values()) {
      if (ticket.isPreceded()) {
        return true;
      }
    }
    return false;
  }

  /** Removes the tickets of dead deploys. Only the holder of the locks calls this. */
  public void removeDead() throws IOException {
    for (Ticket ticket : tickets.values()) {
      ticket.removeDead();
    }
  }

  /** Gives the places back. Idempotent. */
  @Override
  public void close() throws IOException {
    moveTo(Set.of());
  }
}
