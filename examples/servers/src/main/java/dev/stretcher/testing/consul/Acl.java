package dev.stretcher.testing.consul;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Who may do what: each token reads all, and writes below some prefixes. */
final class Acl {
  private final Map<String, List<String>> tokens = new ConcurrentHashMap<>();

  void allow(String token, List<String> writable) {
    tokens.put(token, List.copyOf(writable));
  }

  void revoke(String token) {
    tokens.remove(token);
    // There are still ACLs if it was the last one.
    tokens.putIfAbsent("", List.of());
  }

  boolean isOn() {
    return !tokens.isEmpty();
  }

  /** Returns what is said to a request that is refused as a whole. */
  Optional<Reply> refused(Question question) {
    if (!isOn()) {
      return Optional.empty();
    }
    String token = question.token();
    if (token.isEmpty()) {
      // A transaction says it for each of its operations.
      return question.path().equals("txn") ? Optional.empty() : Optional.of(denied());
    }
    if (!tokens.containsKey(token)) {
      return Optional.of(Reply.text(403, "ACL not found"));
    }
    boolean writes = !question.isRead() && question.path().startsWith("kv/");
    return writes && !mayWrite(token, question.behind("kv/"))
        ? Optional.of(denied())
        : Optional.empty();
  }

  private static Reply denied() {
    return Reply.text(403, "Permission denied");
  }

  boolean mayWrite(String token, String key) {
    return !isOn()
        || tokens.getOrDefault(token, List.of()).stream()
            .anyMatch(prefix -> key.startsWith(prefix));
  }
}
