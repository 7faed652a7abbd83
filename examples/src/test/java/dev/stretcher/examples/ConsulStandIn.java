package dev.stretcher.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers as a Consul agent does, as far as the scripts ask, see {@link ConsulStandInTest}; and
 * keeps uploaded files under {@code /store/}.
 */
final class ConsulStandIn implements AutoCloseable {
  private static final int MAX_VALUE = 524_288;
  private static final int MAX_EVENT = 512;

  private final HttpServer server;
  private final Map<String, Value> values = new ConcurrentHashMap<>();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private volatile Optional<String> token = Optional.empty();

  ConsulStandIn() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/kv/", exchange -> handle(exchange, this::keyValue));
    server.createContext("/v1/event/fire/", exchange -> handle(exchange, this::fire));
    server.createContext("/store/", this::store);
    server.start();
  }

  /**
   * A value of the key/value store.
   *
   * @param query of the request that put it
   */
  record Value(String text, String query) {}

  private record Answer(int status, String type, String body) {
    static final Answer TRUE = new Answer(200, "application/json", "true");
  }

  @FunctionalInterface
  private interface Handler {
    Answer answer(HttpExchange exchange) throws IOException;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  Map<String, Value> values() {
    return values;
  }

  /** Returns the payloads of the events that were fired. */
  List<String> events() {
    return events;
  }

  Map<String, byte[]> files() {
    return files;
  }

  void requireToken(String required) {
    token = Optional.of(required);
  }

  /** Answers the next requests as a cluster without a leader does. */
  void hasNoLeaderFor(int requests) {
    refusals.set(requests);
  }

  private void handle(HttpExchange exchange, Handler handler) throws IOException {
    if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      send(exchange, new Answer(500, "text/plain; charset=utf-8", "No cluster leader"));
      return;
    }
    String given = exchange.getRequestHeaders().getFirst("X-Consul-Token");
    boolean denied = token.isPresent() && !token.get().equals(given);
    send(
        exchange,
        denied
            ? new Answer(403, "text/plain; charset=utf-8", "Permission denied")
            : handler.answer(exchange));
  }

  private Answer keyValue(HttpExchange exchange) throws IOException {
    String key = exchange.getRequestURI().getPath().substring("/v1/kv/".length());
    String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
    if (exchange.getRequestMethod().equals("PUT")) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (body.length > MAX_VALUE) {
        return tooLarge(body.length);
      }
      values.put(key, new Value(new String(body, StandardCharsets.UTF_8), query));
      return Answer.TRUE;
    }
    Value value = values.get(key);
    return value == null ? new Answer(404, "", "") : new Answer(200, "text/plain", value.text());
  }

  private static Answer tooLarge(int length) {
    String text =
        "Request body(%d bytes) too large, max size: %d bytes. See %s.\n"
            .formatted(
                length,
                MAX_VALUE,
                "https://www.consul.io/docs/agent/options.html#kv_max_value_size");
    return new Answer(413, "text/plain; charset=utf-8", text);
  }

  private Answer fire(HttpExchange exchange) throws IOException {
    byte[] payload = exchange.getRequestBody().readAllBytes();
    if (payload.length > MAX_EVENT) {
      return new Answer(500, "text/plain", "user event exceeds configured limit of 512 bytes");
    }
    events.add(new String(payload, StandardCharsets.UTF_8));
    return new Answer(200, "application/json", "{\"ID\": \"c6b931b7\", \"Name\": \"deploy\"}");
  }

  private void store(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().substring("/store/".length());
    if (exchange.getRequestMethod().equals("PUT")) {
      files.put(name, exchange.getRequestBody().readAllBytes());
      exchange.sendResponseHeaders(201, -1);
      exchange.close();
      return;
    }
    byte[] content = files.get(name);
    exchange.sendResponseHeaders(
        content == null ? 404 : 200, content == null ? -1 : content.length);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(content == null ? new byte[0] : content);
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    if (!answer.type().isEmpty()) {
      exchange.getResponseHeaders().set("Content-Type", answer.type());
    }
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
