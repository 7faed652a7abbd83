package dev.stretcher.sources.internal.consul;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stretcher.process.Interrupts;
import dev.stretcher.store.Change;
import dev.stretcher.store.Lease;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * A session of Consul that deletes its keys when it ends, see <a
 * href="https://developer.hashicorp.com/consul/api-docs/session">Consul's Session API</a>.
 */
final class ConsulLease implements Lease {
  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofHours(24);

  /** Time for an owner that is slow to notice that its session is gone. */
  private static final String LOCK_DELAY = "1s";

  private final ConsulClient client;
  private final String id;
  private final Duration ttl;
  private boolean closed;

  private ConsulLease(ConsulClient client, String id, Duration ttl) {
    this.client = client;
    this.id = id;
    this.ttl = ttl;
  }

  /** Makes a session. */
  static ConsulLease create(ConsulClient client, String purpose, Duration ttl)
      throws IOException, InterruptedException {
    Duration lasting = within(ttl);
    ConsulAnswer answer = put(client, "create", body(purpose, lasting));
    if (answer.status() != ConsulAnswer.OK) {
      throw client.refusal().of(answer, ConsulNeed.session());
    }
    try {
      return new ConsulLease(client, ConsulJson.object(answer.body()).require("ID"), lasting);
    } catch (IOException e) {
      throw client.refusal().unreadable(ConsulNeed.session(), e);
    }
  }

  private static Duration within(Duration ttl) {
    if (ttl.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return ttl.compareTo(LONGEST) > 0
        ? LONGEST
        : Duration.ofSeconds(ttl.plusNanos(999_999_999).toSeconds());
  }

  private static byte[] body(String purpose, Duration ttl) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = ConsulJson.FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("Name", purpose);
      json.writeStringField("TTL", ttl.toSeconds() + "s");
      json.writeStringField("Behavior", "delete");
      json.writeStringField("LockDelay", LOCK_DELAY);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static ConsulAnswer put(ConsulClient client, String what, byte[] body)
      throws IOException, InterruptedException {
    HttpUrl url = client.resource("session/" + what).build();
    return client.send(new Request.Builder().url(url).put(new SentOnce(body)));
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Duration ttl() {
    return ttl;
  }

  @Override
  public boolean take(String key, String value) throws IOException, InterruptedException {
    Interrupts.requireNone();
    if (closed) {
      throw new IOException(client.name() + ": this lease is closed");
    }
    Change.requireSmall(key, value);
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    HttpUrl url = ConsulKeys.url(client, key).addQueryParameter("acquire", id).build();
    return ConsulWrite.isDone(client, url, bytes, ConsulNeed.writeKey(key));
  }

  @Override
  public boolean renew() throws IOException, InterruptedException {
    Interrupts.requireNone();
    if (closed) {
      return false;
    }
    ConsulAnswer answer = put(client, "renew/" + id, new byte[0]);
    boolean known = answer.status() == ConsulAnswer.OK || answer.status() == ConsulAnswer.NOT_FOUND;
    // Another server, whatever it says, does not know the ID.
    if (known && new String(answer.body(), StandardCharsets.UTF_8).contains(id)) {
      return answer.status() == ConsulAnswer.OK;
    }
    throw client.refusal().of(answer, ConsulNeed.session());
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    // An agent that is stopped is interrupted, and is not to leave a session behind.
    ConsulAnswer answer = Interrupts.shielded(this::destroy);
    if (answer.status() != ConsulAnswer.OK) {
      throw client.refusal().of(answer, ConsulNeed.session());
    }
  }

  private ConsulAnswer destroy() throws IOException {
    try {
      return put(client, "destroy/" + id, new byte[0]);
    } catch (InterruptedException e) {
      throw Interrupts.asIoException(e);
    }
  }
}
