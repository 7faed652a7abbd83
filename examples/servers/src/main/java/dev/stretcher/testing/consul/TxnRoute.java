package dev.stretcher.testing.consul;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code /v1/txn}, of operations on keys. */
final class TxnRoute {
  private static final int MOST = 64;

  private final State state;

  TxnRoute(State state) {
    this.state = state;
  }

  /** An operation. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Operation(String verb, String key, long index, byte[] value, long flags) {
    static Operation of(@Nullable Object json) {
      Map<?, ?> outer = json instanceof Map<?, ?> map ? map : Map.of();
      Map<?, ?> kv = outer.get("KV") instanceof Map<?, ?> map ? map : Map.of();
      Object value = kv.get("Value");
      return new Operation(
          String.valueOf(kv.get("Verb")),
          String.valueOf(kv.get("Key")),
          number(kv.get("Index")),
          value == null ? new byte[0] : Base64.getDecoder().decode(value.toString()),
          number(kv.get("Flags")));
    }

    private static long number(@Nullable Object json) {
      return json instanceof BigInteger number ? number.longValue() : 0;
    }

    boolean isWrite() {
      return !verb.startsWith("check") && !verb.startsWith("get");
    }
  }

  /**
   * Answers.
   *
   * @param mayWrite tells whether the token may write a key
   */
  Reply answer(Question question, Predicate<String> mayWrite) {
    if (question.body().length > KvRoute.LONGEST) {
      return Reply.text(
          413,
          "Request body(%s bytes) too large, max size: %s bytes. See https://www.consul.io/docs/agent/options.html#txn_max_req_len."
              .formatted(question.body().length, KvRoute.LONGEST));
    }
    Optional<List<Operation>> operations = operations(question.body());
    if (operations.isEmpty()) {
      return Reply.text(
          400,
          "Failed to parse body: json: cannot unmarshal object into Go value of type api.TxnOps");
    }
    int count = operations.get().size();
    return count > MOST
        ? Reply.text(
            413, "Transaction contains too many operations (%s > %s)".formatted(count, MOST))
        : answer(operations.get(), mayWrite);
  }

  private static Optional<List<Operation>> operations(byte[] body) {
    try {
      return Json.parse(body) instanceof List<?> list
          ? Optional.of(list.stream().map(Operation::of).toList())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Reply answer(List<Operation> operations, Predicate<String> mayWrite) {
    synchronized (state) {
      List<@Nullable Object> errors = new ArrayList<>();
      for (int i = 0; i < operations.size(); i++) {
        int index = i;
        Operation operation = operations.get(i);
        Optional<String> what =
            mayWrite.test(operation.key()) ? wrong(operation) : Optional.of("Permission denied");
        what.ifPresent(text -> errors.add(Json.object("OpIndex", index, "What", text)));
      }
      if (!errors.isEmpty()) {
        return Reply.conflict(Json.write(Json.object("Results", null, "Errors", errors)));
      }
      return Reply.json(Json.write(Json.object("Results", results(operations), "Errors", null)));
    }
  }

  /** Returns what is wrong with an operation; none of ours depends on one before it. */
  private Optional<String> wrong(Operation operation) {
    String key = operation.key();
    Optional<Long> is = state.entry(key).map(Entry::modified);
    boolean isRight = is.orElse(0L) == operation.index();
    return Optional.ofNullable(
        switch (operation.verb()) {
          case "set", "delete", "get", "get-tree", "delete-tree" -> null;
          case "cas" -> isRight ? null : "failed to set key \"" + key + "\", index is stale";
          case "delete-cas" ->
              isRight || is.isEmpty()
                  ? null
                  : "failed to delete key \"" + key + "\", index is stale";
          case "check-not-exists" -> is.isEmpty() ? null : "key \"" + key + "\" exists";
          case "check-index" ->
              is.isEmpty()
                  ? "failed to check index, key \"" + key + "\" doesn't exist"
                  : isRight
                      ? null
                      : "failed index check for key \"%s\", current modify index %s != %s"
                          .formatted(key, is.get(), operation.index());
          default -> "unknown KV verb \"" + operation.verb() + "\"";
        });
  }

  private List<@Nullable Object> results(List<Operation> operations) {
    long at = operations.stream().anyMatch(Operation::isWrite) ? state.next() : 0;
    List<@Nullable Object> results = new ArrayList<>();
    for (Operation operation : operations) {
      boolean reads = operation.verb().startsWith("get");
      if (operation.verb().equals("set") || operation.verb().equals("cas")) {
        state.set(operation.key(), operation.value(), operation.flags(), at);
      } else if (operation.verb().startsWith("delete")) {
        state.delete(operation.key(), at);
        continue;
      }
      state
          .entry(operation.key())
          .ifPresent(entry -> results.add(Json.object("KV", entry.json(reads))));
    }
    return results;
  }
}
