package dev.stretcher.fleet;

import dev.stretcher.store.KeyValue;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.text.RedactedUri;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was desired of an app.
 *
 * @param keys of all generations, the oldest first
 * @param states those of them that can be read, the oldest first
 */
record History(List<String> keys, List<DesiredState> states) {
  /** How many generations stay. */
  private static final int KEPT = 50;

  /** No store loses as many; a host must not be able to use up all numbers. */
  private static final long MOST_LOST = 1_000_000;

  static History of(KeyValueStore store, AppName app) throws IOException, InterruptedException {
    List<String> keys = new ArrayList<>();
    List<DesiredState> states = new ArrayList<>();
    for (KeyValue entry : store.list(FleetKeys.history(app)).entries()) {
      keys.add(entry.key());
      try {
        states.add(DesiredState.parse(entry.value()));
      } catch (MalformedValueException e) {
        // Of a later version, which nobody can go back to from here.
      }
    }
    return new History(keys, states);
  }

  /** Returns the last generation of an ID. */
  Optional<DesiredState> last(String id) {
    return states.stream().filter(state -> state.id().equals(id)).reduce((earlier, later) -> later);
  }

  /**
   * Refuses an ID that was given to another manifest: to people, an ID is one content.
   *
   * @throws IllegalArgumentException if it was
   */
  void requireOneContent(String id, URI manifest) {
    Optional<DesiredState> other =
        last(id)
            .filter(state -> !state.manifest().getRawFragment().equals(manifest.getRawFragment()));
    if (other.isPresent()) {
      throw new IllegalArgumentException(
          "%s is the ID of %s already, generation %s of %s, which is another manifest; give this one another ID, for example by --id"
              .formatted(
                  id,
                  RedactedUri.of(other.get().manifest()),
                  Long.toString(other.get().generation()),
                  other.get().app()));
    }
  }

  private long generation() {
    return states.stream().mapToLong(DesiredState::generation).max().orElse(0);
  }

  /** Returns a generation that no host takes for an old one. */
  long next(KeyValueStore store, AppName app, Optional<DesiredState> now)
      throws IOException, InterruptedException {
    long known = Math.max(now.map(DesiredState::generation).orElse(0L), generation());
    long last = known;
    for (HostReport host : HostReports.of(store.list(FleetKeys.HOSTS), app).values()) {
      long said = host.status().map(HostStatus::generation).orElse(0L);
      if (said - known <= MOST_LOST) {
        last = Math.max(last, said);
      }
    }
    return last + 1;
  }

  /** Returns the keys that have no place any more once one more is added. */
  List<String> surplus(int most) {
    int surplus = Math.max(0, keys.size() + 1 - KEPT);
    return keys.subList(0, Math.min(surplus, most));
  }
}
