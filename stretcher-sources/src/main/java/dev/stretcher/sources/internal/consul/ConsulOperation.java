package dev.stretcher.sources.internal.consul;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stretcher.store.Change;
import dev.stretcher.store.Change.Condition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * An operation of a transaction. Immutable.
 *
 * @param verb Consul's word for what it does
 * @param index what the key is to have been changed at; 0 for a key that is not there, or for any
 * @param put what is set
 */
record ConsulOperation(String verb, String key, long index, Optional<Change.Put> put) {
  /** Adds the operations of a change. */
  static void addTo(List<ConsulOperation> operations, Change change) {
    String key = change.key();
    if (change instanceof Change.Put put) {
      operations.add(
          new ConsulOperation(isAny(put) ? "set" : "cas", key, index(put), Optional.of(put)));
      return;
    }
    if (change.condition() instanceof Condition.Absent) {
      operations.add(new ConsulOperation("check-not-exists", key, 0, Optional.empty()));
      return;
    }
    if (change.condition() instanceof Condition.At at) {
      // delete-cas succeeds for a key that is not there.
      operations.add(new ConsulOperation("check-index", key, at.version(), Optional.empty()));
    }
    operations.add(new ConsulOperation("delete", key, 0, Optional.empty()));
  }

  private static boolean isAny(Change change) {
    return change.condition() instanceof Condition.Any;
  }

  private static long index(Change change) {
    return change.condition() instanceof Condition.At at ? at.version() : 0;
  }

  /** Tells whether it fails because of what the store has. */
  boolean isCondition() {
    return !verb.equals("set") && !verb.equals("delete");
  }

  void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("KV");
    json.writeStringField("Verb", verb);
    json.writeStringField("Key", key);
    if (index != 0) {
      json.writeNumberField("Index", index);
    }
    if (put.isPresent()) {
      json.writeBinaryField("Value", put.get().value().getBytes(StandardCharsets.UTF_8));
      json.writeNumberField("Flags", put.get().flags());
    }
    json.writeEndObject();
    json.writeEndObject();
  }
}
