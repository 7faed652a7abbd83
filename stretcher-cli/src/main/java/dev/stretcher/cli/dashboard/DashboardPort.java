package dev.stretcher.cli.dashboard;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.stretcher.Stretcher;
import dev.stretcher.cli.http.Answer;
import dev.stretcher.cli.http.Exposition;
import dev.stretcher.cli.http.HttpPort;
import dev.stretcher.cli.http.LoopbackNames;
import dev.stretcher.store.KeyValueStore;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers with the page, its JSON, its events, and with {@code /metrics} and {@code /healthz}. */
final class DashboardPort implements Closeable {
  /** The page needs its own files and its own server, and nothing else. */
  private static final String CONTENT_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  private static final Pattern APP = Pattern.compile("(?:.*&)?app=([A-Za-z0-9._-]+)(?:&.*)?");

  private final BoardWatch watch;
  private final EventStreams streams;
  private final Api api;
  private final PageFiles files;
  private final InstantSource clock;
  private final boolean isLoopback;
  private final HttpPort port;

  private DashboardPort(
      InetSocketAddress address, KeyValueStore store, BoardWatch watch, InstantSource clock)
      throws IOException {
    this.watch = watch;
    this.streams = new EventStreams(watch);
    this.api = new Api(watch, store);
    this.files = PageFiles.read();
    this.clock = clock;
    this.isLoopback = address.getAddress() != null && address.getAddress().isLoopbackAddress();
    this.port = HttpPort.open(address, this::handle);
  }

  /**
   * Begins to answer.
   *
   * @param watch watches the store
   * @throws IOException if it cannot; the message says where
   */
  static DashboardPort open(
      InetSocketAddress address, KeyValueStore store, BoardWatch watch, InstantSource clock)
      throws IOException {
    return new DashboardPort(address, store, watch, clock);
  }

  /** Returns where it listens: port 0 has become a free one. */
  InetSocketAddress address() {
    return port.address();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Security-Policy", CONTENT_POLICY);
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
    String host = exchange.getRequestHeaders().getFirst("Host");
    if (isLoopback && !LoopbackNames.isOneOf(host)) {
      Answer.text(Answer.MISDIRECTED, "this is no host of that name; ask for localhost\n")
          .send(exchange);
    } else if (exchange.getRequestURI().getPath().equals("/api/stream")) {
      stream(exchange);
    } else {
      answer(exchange).send(exchange);
    }
  }

  private void stream(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      new Answer(Answer.OK, EventStreams.TYPE, "").send(exchange);
    } else if (!streams.open(exchange, app(exchange.getRequestURI()))) {
      exchange.getResponseHeaders().set("Retry-After", "10");
      Api.problem(Answer.UNAVAILABLE, "there are %s pages already".formatted(EventStreams.MOST))
          .send(exchange);
    }
  }

  private static Optional<String> app(URI request) {
    String query = request.getRawQuery();
    Matcher matcher = APP.matcher(query == null ? "" : query);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.startsWith("/api/")) {
      return api.answer(path);
    }
    return switch (path) {
      case "/healthz" -> health(watch.now());
      case "/metrics" ->
          Exposition.of(
              exchange,
              new DashboardMetrics(
                      watch.now(), Stretcher.version(), streams.count(), clock.instant())
                  .snapshots());
      default ->
          files.find(path).orElseGet(() -> Answer.text(Answer.NOT_FOUND, "there is the page /\n"));
    };
  }

  private static Answer health(Board board) {
    if (board.loss().isPresent()) {
      Board.Loss loss = board.loss().get();
      return Answer.text(
          board.ready() ? Answer.OK : Answer.UNAVAILABLE,
          "%s: %s cannot be asked since %s: %s\n"
              .formatted(
                  board.ready() ? "ok" : "not ready", board.store(), loss.since(), loss.reason()));
    }
    return board.ready()
        ? Answer.text(Answer.OK, "ok: " + board.store() + " is there\n")
        : Answer.text(Answer.UNAVAILABLE, "starting: " + board.store() + " has not answered yet\n");
  }

  /** Answers no more. */
  @Override
  public void close() {
    streams.close();
    port.close();
  }
}
