package dev.stretcher.sources.internal.consul;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stretcher.store.Change;
import dev.stretcher.store.Change.Condition;
import dev.stretcher.store.KeyValueStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Changes that are made all together. One key is set by itself, since the body of a <a
 * href="https://developer.hashicorp.com/consul/api-docs/txn">transaction</a> may be no larger than
 * one value, with all values in base64.
 */
final class ConsulWrite {
  private final ConsulClient client;
  private final List<Change> changes;
  private final List<ConsulOperation> operations = new ArrayList<>();

  /**
   * Creates the write.
   *
   * @throws IllegalArgumentException if no store does them at once, or this one does not
   */
  ConsulWrite(ConsulClient client, List<Change> changes) {
    this.client = client;
    this.changes = changes;
    Change.requirePossible(changes);
    changes.forEach(change -> ConsulOperation.addTo(operations, change));
    if (operations.size() > KeyValueStore.MAX_CHANGES) {
      throw new IllegalArgumentException(
          "%s changes are %s operations of Consul, and %s are the most; write in several steps"
              .formatted(changes.size(), operations.size(), KeyValueStore.MAX_CHANGES));
    }
  }

  private static byte[] bytes(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns whether the changes were made. */
  boolean send() throws IOException, InterruptedException {
    if (changes.isEmpty()) {
      return true;
    }
    return changes.size() == 1 && changes.get(0) instanceof Change.Put put
        ? sendOne(put)
        : sendAll();
  }

  private boolean sendOne(Change.Put put) throws IOException, InterruptedException {
    HttpUrl.Builder url = ConsulKeys.url(client, put.key());
    url.addQueryParameter("flags", Long.toUnsignedString(put.flags()));
    if (put.condition() instanceof Condition.At at) {
      url.addQueryParameter("cas", Long.toString(at.version()));
    } else if (put.condition() instanceof Condition.Absent) {
      url.addQueryParameter("cas", "0");
    }
    return isDone(client, url.build(), bytes(put.value()), ConsulNeed.writeKey(put.key()));
  }

  /** Sends what Consul answers with {@code true} or {@code false}. */
  static boolean isDone(ConsulClient client, HttpUrl url, byte[] value, ConsulNeed need)
      throws IOException, InterruptedException {
    ConsulAnswer answer = client.send(new Request.Builder().url(url).put(new SentOnce(value)));
    String said = new String(answer.body(), StandardCharsets.UTF_8).strip();
    boolean isAnswer = said.equals("true") || said.equals("false");
    if (answer.status() != ConsulAnswer.OK || !isAnswer) {
      throw client.refusal().of(answer, need);
    }
    return said.equals("true");
  }

  private boolean sendAll() throws IOException, InterruptedException {
    HttpUrl url = client.resource("txn").build();
    ConsulAnswer answer = client.send(new Request.Builder().url(url).put(new SentOnce(body())));
    ConsulNeed need = ConsulNeed.writeKey(changes.get(0).key());
    if (answer.status() != ConsulAnswer.OK && answer.status() != ConsulAnswer.CONFLICT) {
      throw client.refusal().of(answer, need);
    }
    ConsulJson result;
    try {
      result = ConsulJson.object(answer.body());
    } catch (IOException e) {
      throw client.refusal().unreadable(need, e);
    }
    Optional<ConsulJson> error = result.list("Errors").stream().findFirst();
    if (error.isEmpty() && answer.status() == ConsulAnswer.OK) {
      return true;
    }
    throwUnlessCondition(error.orElseThrow(() -> client.refusal().of(answer, need)));
    return false;
  }

  // A conflict has one status, whether a condition does not hold or a token may not write.
  private void throwUnlessCondition(ConsulJson error) throws IOException {
    String what = client.refusal().shown(error.text("What").orElse(""));
    long index = Math.min(error.number("OpIndex"), operations.size() - 1L);
    ConsulOperation operation = operations.get((int) Math.max(index, 0));
    ConsulNeed need = ConsulNeed.writeKey(operation.key());
    if (ConsulRefusal.isDenial(what)) {
      throw client.refusal().denied(" (" + what + ")", need);
    }
    if (!operation.isCondition()) {
      throw new IOException(client.name() + ": cannot " + need.doing() + ": " + what);
    }
  }

  private byte[] body() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = ConsulJson.FACTORY.createGenerator(bytes)) {
      json.writeStartArray();
      for (ConsulOperation operation : operations) {
        operation.write(json);
      }
      json.writeEndArray();
    }
    return bytes.toByteArray();
  }
}
