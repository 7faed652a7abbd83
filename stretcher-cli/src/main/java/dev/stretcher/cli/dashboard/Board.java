package dev.stretcher.cli.dashboard;

import dev.stretcher.json.JsonLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A fleet as the store said last. Immutable.
 *
 * @param store the name of the store
 * @param ready whether the store has ever answered
 * @param loss since when the store cannot be asked; empty if it can
 * @param apps by their names
 */
record Board(String store, boolean ready, Optional<Loss> loss, Map<String, AppBoard> apps) {
  Board {
    apps = new TreeMap<>(apps);
  }

  /** That the store cannot be asked. */
  record Loss(Instant since, String reason) {}

  /** Returns a board of which nothing is known. */
  static Board empty(String store) {
    return new Board(store, false, Optional.empty(), Map.of());
  }

  Board withLoss(Optional<Loss> newer) {
    return new Board(store, ready, newer, apps);
  }

  /** Returns the store and all apps as JSON, without the hosts. */
  String json() {
    List<String> objects = new ArrayList<>();
    for (AppBoard app : apps.values()) {
      objects.add(app.json());
    }
    return new JsonLine()
        .put("store", store)
        .put("ready", ready)
        .put("lost", loss.map(Loss::since).map(Instant::toString))
        .put("reason", loss.map(Loss::reason))
        .putObjects("apps", objects)
        .toString();
  }
}
