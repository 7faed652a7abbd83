package dev.stretcher.cli.dashboard;

import dev.stretcher.json.JsonLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one page was told, and has to be told. Not thread-safe. */
final class EventStream {
  /** What a page waits for before it connects again. */
  private static final String RETRY = "retry: 1000\n\n";

  private static final String STILL_HERE = ":\n\n";

  private final Optional<String> app;
  private String fleet = "";
  private Optional<Map<String, String>> hosts = Optional.empty();

  EventStream(Optional<String> app) {
    this.app = app;
  }

  /** Returns the events that lead from the board before to this one. */
  byte[] next(Board board) {
    StringBuilder text = new StringBuilder(fleet.isEmpty() ? RETRY : "");
    String newer = board.json();
    if (!newer.equals(fleet)) {
      fleet = newer;
      event(text, "fleet", newer);
    }
    if (app.isPresent() && board.ready()) {
      hosts(text, app.get(), board);
    }
    return (text.isEmpty() ? STILL_HERE : text.toString()).getBytes(StandardCharsets.UTF_8);
  }

  private void hosts(StringBuilder text, String name, Board board) {
    AppBoard known = board.apps().get(name);
    Map<String, String> now = known == null ? Map.of() : known.hosts();
    Map<String, String> before = hosts.orElse(Map.of());
    List<String> changed = new ArrayList<>();
    now.forEach(
        (node, json) -> {
          if (!json.equals(before.get(node))) {
            changed.add(json);
          }
        });
    List<String> gone = new ArrayList<>();
    for (String node : before.keySet()) {
      if (!now.containsKey(node)) {
        gone.add(new JsonLine().put("node", node).toString());
      }
    }
    if (hosts.isEmpty() || !changed.isEmpty() || !gone.isEmpty()) {
      JsonLine event =
          new JsonLine()
              .put("app", name)
              .put("all", hosts.isEmpty())
              .putObjects("hosts", changed)
              .putObjects("gone", gone);
      event(text, "hosts", event.toString());
    }
    hosts = Optional.of(now);
  }

  private static void event(StringBuilder text, String name, String json) {
    text.append("event: ").append(name).append("\ndata: ").append(json).append("\n\n");
  }
}
