package dev.stretcher.sources.internal.consul;

import dev.stretcher.process.Interrupts;
import dev.stretcher.store.Change;
import dev.stretcher.store.EventSender;
import dev.stretcher.store.KeyValue;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.store.Lease;
import dev.stretcher.store.Listing;
import dev.stretcher.store.Membership;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * The key/value store of Consul, see <a
 * href="https://developer.hashicorp.com/consul/api-docs/kv">Consul's KV Store API</a>. Thread-safe.
 *
 * <p>Reads have the default consistency and never the one called stale: during an election, a stale
 * read may find nothing where there is something.
 */
final class ConsulStore implements KeyValueStore {
  /** Consul waits no longer. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  private final ConsulClient client;
  private final ConsulPace pace;

  ConsulStore(ConsulClient client, ConsulPace pace) {
    this.client = client;
    this.pace = pace;
  }

  @Override
  public String name() {
    return client.name();
  }

  @Override
  public Optional<KeyValue> get(String key) throws IOException, InterruptedException {
    Interrupts.requireNone();
    ConsulNeed need = ConsulNeed.readKey(key);
    ConsulAnswer answer =
        client.send(new Request.Builder().url(ConsulKeys.url(client, key).build()));
    return listing(answer, need).entries().stream().findFirst();
  }

  @Override
  public Listing list(String prefix) throws IOException, InterruptedException {
    Interrupts.requireNone();
    ConsulAnswer answer = client.send(new Request.Builder().url(below(prefix).build()));
    return listing(answer, ConsulNeed.readKeys(prefix));
  }

  @Override
  public Listing watch(String prefix, long version, Duration most)
      throws IOException, InterruptedException {
    if (version <= 0) {
      return list(prefix);
    }
    Interrupts.requireNone();
    pace.await(prefix);
    Duration wait = most.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : most;
    HttpUrl url =
        below(prefix)
            .addQueryParameter("index", Long.toString(version))
            .addQueryParameter("wait", Math.max(1, wait.toMillis()) + "ms")
            .build();
    ConsulAnswer answer = client.send(new Request.Builder().url(url), wait);
    pace.answered(prefix);
    Listing listing = listing(answer, ConsulNeed.readKeys(prefix));
    // It was restored, or has forgotten deletions: what it has now counts.
    return listing.version() < version ? list(prefix) : listing;
  }

  private HttpUrl.Builder below(String prefix) {
    return ConsulKeys.url(client, prefix).addQueryParameter("recurse", null);
  }

  private Listing listing(ConsulAnswer answer, ConsulNeed need) throws IOException {
    boolean known = answer.status() == ConsulAnswer.OK || answer.status() == ConsulAnswer.NOT_FOUND;
    // Any server says that there is no such page: Consul says of which index it speaks.
    if (!known || !answer.hasIndex()) {
      throw client.refusal().of(answer, need);
    }
    if (answer.isWithoutLeader()) {
      throw client.refusal().withoutLeader(need);
    }
    List<KeyValue> entries = List.of();
    if (answer.status() == ConsulAnswer.OK) {
      entries = entries(answer, need);
    }
    return new Listing(entries, answer.index());
  }

  private List<KeyValue> entries(ConsulAnswer answer, ConsulNeed need) throws IOException {
    List<KeyValue> entries = new ArrayList<>();
    try {
      for (ConsulJson each : ConsulJson.list(answer.body())) {
        entries.add(entry(each));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw client.refusal().unreadable(need, e);
    }
    return entries;
  }

  private static KeyValue entry(ConsulJson json) throws IOException {
    byte[] value = Base64.getDecoder().decode(json.text("Value").orElse(""));
    return new KeyValue(
        json.require("Key"),
        new String(value, StandardCharsets.UTF_8),
        json.number("Flags"),
        json.number("ModifyIndex"),
        json.text("Session").filter(session -> !session.isEmpty()));
  }

  @Override
  public boolean write(List<Change> changes) throws IOException, InterruptedException {
    ConsulWrite write = new ConsulWrite(client, changes);
    Interrupts.requireNone();
    return write.send();
  }

  @Override
  public Lease lease(String purpose, Duration ttl) throws IOException, InterruptedException {
    Interrupts.requireNone();
    return ConsulLease.create(client, purpose, ttl);
  }

  @Override
  public Optional<Membership> membership() {
    return Optional.of(new ConsulMembership(client));
  }

  @Override
  public Optional<EventSender> events() {
    return Optional.of(new ConsulEventSender(client));
  }

  /** Every answer has it, also one that refuses. */
  @Override
  public Optional<Instant> time() throws IOException, InterruptedException {
    Interrupts.requireNone();
    ConsulAnswer answer =
        client.send(new Request.Builder().url(client.resource("status/leader").build()));
    return Optional.ofNullable(answer.headers().getInstant("Date"));
  }

  @Override
  public void close() {
    client.close();
  }
}
