package dev.stretcher.sources.internal.consul;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.stretcher.testing.consul.ConsulDouble;
import dev.stretcher.testing.consul.ConsulFault;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The double answers as the recorded Consul did: with the same status, headers and fields. IDs are
 * replaced by those that the double gave out.
 */
class ConsulDoubleTest {
  private static final OkHttpClient CLIENT =
      new OkHttpClient.Builder().readTimeout(Duration.ofSeconds(30)).build();

  private final Map<String, String> ids = new HashMap<>();
  private ConsulDouble consul;

  @BeforeEach
  void start() throws Exception {
    consul = ConsulDouble.start();
  }

  @AfterEach
  void stop() throws Exception {
    consul.close();
  }

  @Test
  void keysAreSetReadAndListed() throws Exception {
    replay("kv.txt");
    // The index is 11 by now, and 9 in the recording.
    assertThat(send("PUT", "/v1/kv/stretcher/app/manifest?cas=1", "x").body()).isEqualTo("false");
    assertThat(send("PUT", "/v1/kv/stretcher/app/manifest?cas=8", "x").body()).isEqualTo("true");
  }

  @Test
  void aQueryWaitsForItsTimeOrForAChange() throws Exception {
    List<Transcript.Exchange> recorded = Transcript.read("kv-blocking.txt");
    send("PUT", "/v1/kv/stretcher/app/manifest", "s3://bucket/app-1.yml");
    assertAnswer(
        sendAgain(recorded.get(0), recorded.get(0).target().replace("2s", "20ms")),
        recorded.get(0));

    CompletableFuture<Answer> waiting = later(recorded.get(1));
    consul.awaitWaiting(1);
    send("PUT", "/v1/kv/stretcher/app/manifest", "s3://bucket/app-2.yml");

    assertAnswer(waiting.get(), recorded.get(1));
    replay("kv-cas.txt");
  }

  @Test
  void aQueryOfAPrefixWaitsForAChangeBelowIt() throws Exception {
    List<Transcript.Exchange> recorded = Transcript.read("prefix-blocking.txt");
    assertAnswer(sendAgain(recorded.get(0)), recorded.get(0));
    CompletableFuture<Answer> waiting =
        later(recorded.get(1), recorded.get(1).target().replace("index=27", "index=8"));
    consul.awaitWaiting(1);
    send("PUT", "/v1/kv/p/other/x", "1");
    assertThat(waiting).isNotDone();
    send("PUT", "/v1/kv/p/desired/b", "2");
    assertAnswer(waiting.get(), recorded.get(1));
    send("DELETE", "/v1/kv/p/desired/?recurse", "");
    assertAnswer(sendAgain(recorded.get(2)), recorded.get(2));
    assertAnswer(sendAgain(recorded.get(3)), recorded.get(3));

    CompletableFuture<Answer> absent =
        later(recorded.get(4), recorded.get(4).target().replace("index=30", "index=11"));
    consul.awaitWaiting(1);
    send("PUT", "/v1/kv/never/now", "1");

    assertAnswer(absent.get(), recorded.get(4));
    for (Transcript.Exchange each : recorded.subList(5, recorded.size())) {
      assertAnswer(sendAgain(each, each.target().replace("wait=1s", "wait=10ms")), each);
    }
  }

  @Test
  void valuesMayNotBeLarger() throws Exception {
    Transcript.Exchange recorded = Transcript.read("kv-too-large.txt").get(0);

    assertAnswer(send("PUT", "/v1/kv/big", "x".repeat(600_000)), recorded);
    assertThat(send("PUT", "/v1/kv/big", "x".repeat(524_288)).status()).isEqualTo(200);
    assertThat(send("PUT", "/v1/txn", "x".repeat(524_289)).status()).isEqualTo(413);
  }

  @Test
  void transactionsAreDoneAsAWhole() throws Exception {
    for (Transcript.Exchange each : Transcript.read("txn.txt")) {
      boolean isCut = each.data().contains("t/many") && !each.data().endsWith("]");
      String data = isCut ? many(each.status() == 200 ? 64 : 65) : each.data();
      // The recording begins at another index.
      assertAnswer(
          send(each.method(), each.target(), data.replace("\"Index\":12", "\"Index\":8")), each);
    }
  }

  private static String many(int count) {
    StringBuilder operations = new StringBuilder();
    for (int i = 0; i < count; i++) {
      operations.append(i == 0 ? "" : ",");
      operations.append(
          "{\"KV\":{\"Verb\":\"set\",\"Key\":\"t/many/%s\",\"Value\":\"eA==\"}}".formatted(i));
    }
    return "[" + operations + "]";
  }

  @Test
  void keysGoWithTheSessionThatTookThem() throws Exception {
    create("1dc9de99-c526-7fd0-e923-54c8e3935377", "slot", "delete", "1s");
    create("bcbef63d-e042-8a2e-f91e-13ed2f4ee518", "slot", "delete", "1s");
    List<Transcript.Exchange> recorded = Transcript.read("lease.txt");
    int delayed = 9;
    for (Transcript.Exchange each : recorded.subList(0, delayed)) {
      assertAnswer(sendAgain(each), each);
    }
    consul.advance(Duration.ofSeconds(1));
    for (Transcript.Exchange each : recorded.subList(delayed, recorded.size())) {
      assertAnswer(sendAgain(each), each);
    }
    consul.advance(Duration.ofSeconds(18));
    assertThat(send("GET", "/v1/kv/t/slots/shop/web1", "").status()).isEqualTo(200);
    consul.advance(Duration.ofSeconds(2));
    assertThat(send("GET", "/v1/kv/t/slots/shop/web1", "").status()).isEqualTo(404);
  }

  @Test
  void sessionsLockAndRelease() throws Exception {
    create("c1d7c825-17e1-3e8a-2487-5cfaaa63ef49", "stretcher", "release", "0s");

    replay("session.txt");
  }

  private void create(String recorded, String name, String behavior, String delay)
      throws Exception {
    Answer created =
        send(
            "PUT",
            "/v1/session/create",
            "{\"Name\":\"%s\",\"TTL\":\"10s\",\"Behavior\":\"%s\",\"LockDelay\":\"%s\"}"
                .formatted(name, behavior, delay));
    ids.put(recorded, created.body().replaceAll(".*\"ID\":\"([^\"]*)\".*", "$1"));
  }

  @Test
  void eventsAreFiredAndListed() throws Exception {
    replay("event.txt", "x*600", "x".repeat(600));
    Answer listed = send("GET", "/v1/event/list?name=deploy", "");
    Transcript.Exchange recorded = Transcript.read("event-blocking.txt").get(0);
    CompletableFuture<Answer> waiting =
        later(
            recorded,
            "/v1/event/list?name=deploy&wait=10s&index=" + listed.header("X-Consul-Index"));
    consul.awaitWaiting(1);
    send("PUT", "/v1/event/fire/other", "x");
    send("PUT", "/v1/event/fire/deploy", "s3://bucket/app-2.yml");

    assertAnswer(waiting.get(), recorded);
  }

  @Test
  void theCatalogSaysWhoIsThere() throws Exception {
    consul.node("n2", "passing");
    consul.node("n4", "passing");

    for (String name : List.of("catalog.txt", "catalog-health.txt", "agent-self.txt")) {
      for (Transcript.Exchange each : Transcript.read(name)) {
        Answer answer = sendAgain(each);
        assertThat(answer.status()).as(each.target()).isEqualTo(each.status());
        assertThat(answer.header("X-Consul-Index").isEmpty())
            .isEqualTo(each.header("X-Consul-Index").isEmpty());
      }
    }
    assertThat(send("GET", "/v1/agent/self", "").body()).contains("\"Member\":{\"Name\":\"peer1\"");
    assertAnswer(
        send("GET", "/v1/health/node/n4", ""), Transcript.read("catalog-health.txt").get(1));
  }

  @Test
  void tokensMayDoWhatTheyAreFor() throws Exception {
    consul.allow("11111111-1111-1111-1111-111111111111", "dashboard/");

    replay("acl.txt");
    Answer denied =
        send("PUT", "/v1/txn", "[{\"KV\":{\"Verb\":\"set\",\"Key\":\"a\",\"Value\":\"eA==\"}}]");
    assertThat(denied.status()).isEqualTo(409);
    assertThat(denied.body()).contains("\"What\":\"Permission denied\"");
  }

  @Test
  void withoutALeaderNothingIsDone() throws Exception {
    send("PUT", "/v1/kv/a", "x");
    CompletableFuture<Answer> waiting =
        later(new Transcript.Exchange("", "GET", "/v1/kv/a?index=8", "", 500, List.of(), ""));
    consul.awaitWaiting(1);

    consul.fault(ConsulFault.NO_LEADER);

    assertThat(waiting.get().status()).isEqualTo(500);
    for (Transcript.Exchange each : Transcript.read("no-leader.txt")) {
      Answer answer = sendAgain(each);
      assertThat(answer.status()).isEqualTo(each.status());
      assertThat(answer.body()).isEqualTo(each.body().lines().findFirst().orElseThrow());
    }
    consul.heal();
    assertThat(send("GET", "/v1/kv/a", "").status()).isEqualTo(200);
  }

  @Test
  void aRestoredStoreHasALowerIndex() throws Exception {
    send("PUT", "/v1/kv/a", "1");
    ConsulDouble.Snapshot old = consul.save();
    send("PUT", "/v1/kv/a", "2");
    CompletableFuture<Answer> waiting =
        later(new Transcript.Exchange("", "GET", "/v1/kv/a?index=9", "", 200, List.of(), ""));
    consul.awaitWaiting(1);

    consul.restore(old);

    assertThat(waiting.get().header("X-Consul-Index")).isEqualTo("8");
    assertThat(waiting.get().body()).contains("\"Value\":\"MQ==\"");
  }

  @Test
  void theSameValueAgainIsNoChange() throws Exception {
    send("PUT", "/v1/kv/a", "1");
    send("PUT", "/v1/kv/a", "1");

    assertThat(send("GET", "/v1/kv/a", "").header("X-Consul-Index")).isEqualTo("8");
  }

  private record Answer(int status, okhttp3.Headers headers, String body) {
    String header(String name) {
      String value = headers.get(name);
      return value == null ? "" : value;
    }
  }

  private void replay(String name) throws Exception {
    replay(name, "", "");
  }

  /** Asks what was asked, and compares the answers. */
  private void replay(String name, String abbreviation, String data) throws Exception {
    for (Transcript.Exchange each : Transcript.read(name)) {
      Answer answer =
          each.data().equals(abbreviation) && !data.isEmpty()
              ? send(each.method(), each.target(), data)
              : sendAgain(each);
      assertAnswer(answer, each);
    }
  }

  private Answer sendAgain(Transcript.Exchange recorded) throws IOException {
    return sendAgain(recorded, recorded.target());
  }

  private Answer sendAgain(Transcript.Exchange recorded, String target) throws IOException {
    String known = target;
    for (Map.Entry<String, String> id : ids.entrySet()) {
      known = known.replace(id.getKey(), id.getValue());
    }
    return send(recorded.method(), known, recorded.data(), recorded.token());
  }

  private Answer send(String method, String target, String data) throws IOException {
    return send(method, target, data, "");
  }

  private Answer send(String method, String target, String data, String token) throws IOException {
    Request.Builder request =
        new Request.Builder()
            .url("http://127.0.0.1:" + consul.port() + target)
            .method(method, method.equals("PUT") ? RequestBody.create(data, null) : null);
    if (!token.isEmpty()) {
      request.header("X-Consul-Token", token);
    }
    try (Response response = CLIENT.newCall(request.build()).execute()) {
      return new Answer(response.code(), response.headers(), response.body().string());
    }
  }

  private CompletableFuture<Answer> later(Transcript.Exchange recorded) {
    return later(recorded, recorded.target());
  }

  private CompletableFuture<Answer> later(Transcript.Exchange recorded, String target) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return sendAgain(recorded, target);
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        },
        work -> new Thread(work).start());
  }

  private void assertAnswer(Answer answer, Transcript.Exchange recorded) throws IOException {
    String asked = recorded.method() + " " + recorded.target();
    assertThat(answer.status()).as(asked).isEqualTo(recorded.status());
    for (String header :
        List.of("X-Consul-Index", "X-Consul-Knownleader", "X-Consul-Lastcontact")) {
      // A transaction that only reads has no index, and ours is not one.
      if (!recorded.body().contains("unknown KV verb")) {
        assertThat(answer.header(header).isEmpty())
            .as(asked + " " + header)
            .isEqualTo(recorded.header(header).isEmpty());
      }
    }
    assertThat(answer.header("Content-Type")).as(asked).isEqualTo(recorded.header("Content-Type"));
    assertBody(asked, answer.body(), recorded);
  }

  private void assertBody(String asked, String body, Transcript.Exchange recorded)
      throws IOException {
    String expected = recorded.body().replaceAll("(?s)\n\n\\(.*|\n\n?\\(after.*", "");
    boolean isJson = recorded.header("Content-Type").contains("json");
    for (Map.Entry<String, String> id : ids.entrySet()) {
      expected = expected.replace(id.getKey(), id.getValue());
    }
    if (!isJson) {
      assertThat(body.strip()).as(asked).isEqualTo(expected);
    } else if (isCut(recorded)) {
      assertThat(facts(body)).as(asked).isNotEmpty();
    } else {
      assertThat(facts(body)).as(asked).containsAll(facts(expected));
    }
  }

  // The recording has the first characters of long answers.
  private static boolean isCut(Transcript.Exchange recorded) {
    String last = recorded.body().strip();
    return last.endsWith(",") || last.contains("\"ConsistencyLevel\"");
  }

  /** Returns each field with its value, without numbers that count and IDs, and single values. */
  private static Set<String> facts(String json) throws IOException {
    Set<String> facts = new TreeSet<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (!token.isScalarValue()) {
          continue;
        }
        String name = String.valueOf(parser.currentName());
        boolean counts =
            name.endsWith("Index")
                || name.equals("LTime")
                || name.endsWith("ID")
                || name.equals("Node")
                || name.equals("TTL");
        facts.add(name + "=" + (counts ? "..." : parser.getText()));
      }
    }
    return facts;
  }
}
