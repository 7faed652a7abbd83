package dev.stretcher.cli.dashboard;

import dev.stretcher.cli.http.Answer;
import dev.stretcher.cli.invocation.Reason;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.json.JsonLine;
import dev.stretcher.store.KeyValue;
import dev.stretcher.store.KeyValueStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Answers questions about a fleet in JSON. Thread-safe. */
final class Api {
  private static final String TYPE = "application/json; charset=utf-8";

  /** What {@code /api/apps/APP/hosts} has, as parts of a path. */
  private static final int HOSTS = 5;

  /** What {@code /api/apps/APP/hosts/NODE/log} has. */
  private static final int LOG = 7;

  private final BoardWatch watch;
  private final KeyValueStore store;

  Api(BoardWatch watch, KeyValueStore store) {
    this.watch = watch;
    this.store = store;
  }

  /**
   * Answers.
   *
   * @param path begins with {@code /api/}
   */
  Answer answer(String path) {
    String[] parts = path.split("/", -1);
    if (path.equals("/api/apps")) {
      return json(Answer.OK, watch.now().json());
    }
    boolean isOfApp = parts.length >= HOSTS && parts[2].equals("apps") && parts[4].equals("hosts");
    if (isOfApp && parts.length == HOSTS) {
      return hosts(parts[3]);
    }
    if (isOfApp && parts.length == LOG && parts[6].equals("log")) {
      return log(parts[3], parts[5]);
    }
    return problem(
        Answer.NOT_FOUND,
        "there are /api/apps, /api/apps/APP/hosts, /api/apps/APP/hosts/NODE/log and /api/stream");
  }

  private Answer hosts(String name) {
    Board board = watch.now();
    AppBoard app = board.apps().get(name);
    if (app == null) {
      return board.ready()
          ? problem(Answer.NOT_FOUND, "the store does not know the app '" + name + "'")
          : problem(Answer.UNAVAILABLE, "the store has not answered yet");
    }
    return json(
        Answer.OK,
        new JsonLine()
            .putObjects("apps", List.of(app.json()))
            .putObjects("hosts", app.hosts().values())
            .toString());
  }

  private Answer log(String name, String node) {
    try {
      Optional<KeyValue> log = store.get(FleetKeys.log(node, new AppName(name)));
      return log.isPresent()
          ? json(
              Answer.OK,
              new JsonLine()
                  .put("app", name)
                  .put("node", node)
                  .put("log", PlainLog.of(log.get().value()))
                  .toString())
          : problem(Answer.NOT_FOUND, "there is no log of " + name + " on " + node);
    } catch (IllegalArgumentException e) {
      return problem(Answer.NOT_FOUND, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return problem(
          Answer.UNAVAILABLE, "%s cannot be asked: %s".formatted(store.name(), Reason.of(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return problem(Answer.UNAVAILABLE, store.name() + " does not answer");
    }
  }

  /** Returns an answer that says why there is no other. */
  static Answer problem(int status, String text) {
    return json(status, new JsonLine().put("problem", text).toString());
  }

  private static Answer json(int status, String json) {
    return new Answer(status, TYPE, json + "\n");
  }
}
