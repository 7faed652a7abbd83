package dev.stretcher.testing.consul;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /v1/session/}. */
final class SessionRoute {
  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final Duration USUAL_DELAY = Duration.ofSeconds(15);

  private final State state;
  private final Catalog catalog;

  SessionRoute(State state, Catalog catalog) {
    this.state = state;
    this.catalog = catalog;
  }

  Reply answer(Question question) {
    String[] path = question.behind("session/").split("/", 2);
    String id = path.length > 1 ? path[1] : "";
    return switch (path[0]) {
      case "create" -> create(question);
      case "renew" -> renew(id);
      case "destroy" -> {
        state.end(id);
        yield KvRoute.done(true);
      }
      case "info" -> list(state.session(id).stream().toList());
      case "list" -> list(state.sessions());
      default -> Reply.text(404, "");
    };
  }

  private Reply create(Question question) {
    Map<?, ?> asked;
    try {
      asked = Json.parse(question.body()) instanceof Map<?, ?> map ? map : Map.of();
    } catch (IOException e) {
      return Reply.text(400, "Request decode failed: " + e.getMessage());
    }
    Duration ttl = duration(asked.get("TTL"), Duration.ZERO);
    if (!ttl.isZero() && (ttl.compareTo(SHORTEST) < 0 || ttl.compareTo(LONGEST) > 0)) {
      return Reply.text(
          500,
          "rpc error making call: Invalid Session TTL '%s', must be between [10s=24h0m0s]"
              .formatted(ttl.toNanos()));
    }
    Session session =
        new Session(
            UUID.randomUUID().toString(),
            asked.get("Name") == null ? "" : String.valueOf(asked.get("Name")),
            catalog.self(),
            duration(asked.get("LockDelay"), USUAL_DELAY),
            "delete".equals(asked.get("Behavior")),
            ttl,
            state.now(),
            state.next());
    state.keep(session);
    return Reply.json(Json.write(Json.object("ID", session.id())));
  }

  /** Reads seconds, as all here write them. */
  private static Duration duration(@Nullable Object json, Duration otherwise) {
    return json == null || json.toString().isEmpty()
        ? otherwise
        : Duration.parse("PT" + json.toString().toUpperCase(Locale.ROOT));
  }

  private Reply renew(String id) {
    return state
        .session(id)
        .map(
            session -> {
              Session renewed = session.renewedAt(state.now());
              state.keep(renewed);
              return Reply.json(Json.write(List.of(renewed.json())));
            })
        .orElseGet(() -> Reply.text(404, "Session id '" + id + "' not found"));
  }

  private Reply list(List<Session> sessions) {
    long index = sessions.stream().mapToLong(Session::index).max().orElse(1);
    return Reply.read(Json.write(sessions.stream().map(Session::json).toList()), index);
  }
}
