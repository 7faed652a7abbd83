package dev.stretcher.testing.consul;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@code /v1/kv/}. */
final class KvRoute {
  static final int LONGEST = 524_288;
  private static final String PATH = "kv/";

  private final State state;

  KvRoute(State state) {
    this.state = state;
  }

  Reply answer(Question question) {
    String key = question.behind(PATH);
    return switch (question.method()) {
      case "GET" -> read(question, key);
      case "PUT" -> put(question, key);
      case "DELETE" -> delete(question, key);
      default -> Reply.text(405, "method " + question.method() + " not allowed");
    };
  }

  /** Tells whether a request lists the keys below a prefix with their values. */
  static boolean isList(Question question) {
    return question.isRead() && question.path().startsWith(PATH) && question.has("recurse");
  }

  /** Returns the index of an answer to a list, which costs less than the answer. */
  long indexOfList(Question question) {
    return state.changedBelow(question.behind(PATH));
  }

  private Reply read(Question question, String key) {
    if (question.has("keys")) {
      return keys(question, key);
    }
    if (question.has("recurse")) {
      return list(key);
    }
    if (key.isEmpty()) {
      return Reply.text(400, "Missing key name");
    }
    return state
        .entry(key)
        .map(
            entry ->
                question.has("raw")
                    ? Reply.raw(entry.value(), entry.modified())
                    : Reply.read(Json.write(List.of(entry.json(true))), entry.modified()))
        .orElseGet(() -> Reply.nothing(state.changed()));
  }

  private Reply list(String prefix) {
    List<Entry> entries = state.below(prefix);
    long index = state.changedBelow(prefix);
    return entries.isEmpty()
        ? Reply.nothing(index)
        : Reply.read(Json.write(entries.stream().map(entry -> entry.json(true)).toList()), index);
  }

  private Reply keys(Question question, String prefix) {
    String separator = question.get("separator").orElse("");
    Set<String> keys = new LinkedHashSet<>();
    for (Entry entry : state.below(prefix)) {
      int cut = separator.isEmpty() ? -1 : entry.key().indexOf(separator, prefix.length());
      keys.add(cut < 0 ? entry.key() : entry.key().substring(0, cut + separator.length()));
    }
    long index = state.changedBelow(prefix);
    return keys.isEmpty() ? Reply.nothing(index) : Reply.read(Json.write(List.copyOf(keys)), index);
  }

  private Reply put(Question question, String key) {
    if (question.body().length > LONGEST) {
      return Reply.text(
          413,
          "Request body(%s bytes) too large, max size: %s bytes. See https://www.consul.io/docs/agent/options.html#kv_max_value_size."
              .formatted(question.body().length, LONGEST));
    }
    long flags = Long.parseUnsignedLong(question.get("flags").orElse("0"));
    if (question.has("acquire")) {
      return acquire(question, key, flags);
    }
    if (question.has("release")) {
      String session = question.get("release").orElseThrow();
      return done(state.release(key, question.body(), flags, session, state.next()));
    }
    if (question.has("cas") && !isAt(key, Long.parseLong(question.get("cas").orElseThrow()))) {
      return done(false);
    }
    state.set(key, question.body(), flags, state.next());
    return done(true);
  }

  private Reply acquire(Question question, String key, long flags) {
    String session = question.get("acquire").orElseThrow();
    if (state.session(session).isEmpty()) {
      return Reply.text(500, "invalid session \"" + session + "\"");
    }
    return done(state.acquire(key, question.body(), flags, session, state.next()));
  }

  /** Tells whether a key was changed last at an index; at 0 it is not there. */
  private boolean isAt(String key, long index) {
    return state.entry(key).map(Entry::modified).orElse(0L) == index;
  }

  private Reply delete(Question question, String key) {
    if (question.has("recurse")) {
      long at = state.next();
      state.below(key).forEach(entry -> state.delete(entry.key(), at));
      return done(true);
    }
    if (question.has("cas")
        && state.entry(key).isPresent()
        && !isAt(key, Long.parseLong(question.get("cas").orElseThrow()))) {
      return done(false);
    }
    state.delete(key, state.next());
    return done(true);
  }

  static Reply done(boolean done) {
    return Reply.json(Boolean.toString(done));
  }
}
