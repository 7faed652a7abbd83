package dev.stretcher.cli.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.stretcher.cli.flag.UsageException;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Answers GET and HEAD over HTTP, with threads of which a slow client can keep none for long. */
public final class HttpPort implements Closeable {
  private static final int HIGHEST_PORT = 65_535;

  /** A client that sends half a request keeps one, so that there have to be more than a few. */
  private static final int MOST_THREADS = 64;

  /** How long a request may take to come and to be answered. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final HttpServer server;
  private final HttpThreads threads;

  private HttpPort(HttpServer server, HttpThreads threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Begins to answer.
   *
   * @param handler answers GET and HEAD, or keeps the exchange to answer it in a thread of its own
   * @throws IOException if it cannot; the message says where
   */
  public static HttpPort open(InetSocketAddress address, HttpHandler handler) throws IOException {
    return open(address, handler, LONGEST);
  }

  static HttpPort open(InetSocketAddress address, HttpHandler handler, Duration longest)
      throws IOException {
    HttpServer server = bound(address);
    HttpThreads threads = new HttpThreads(MOST_THREADS, longest);
    server.setExecutor(threads);
    server.createContext("/", exchange -> handle(exchange, handler));
    server.start();
    return new HttpPort(server, threads);
  }

  private static HttpServer bound(InetSocketAddress address) throws IOException {
    try {
      return HttpServer.create(address, 0);
    } catch (IOException e) {
      throw new IOException("cannot listen at %s: %s".formatted(address, e.getMessage()), e);
    }
  }

  private static void handle(HttpExchange exchange, HttpHandler handler) throws IOException {
    String method = exchange.getRequestMethod();
    if (method.equals("GET") || method.equals("HEAD")) {
      handler.handle(exchange);
      return;
    }
    exchange.getResponseHeaders().set("Allow", "GET, HEAD");
    Answer.text(Answer.NOT_ALLOWED, "only GET\n").send(exchange);
  }

  /**
   * Reads {@code HOST:PORT}, {@code :PORT} or {@code PORT}; without a host it is the loopback.
   *
   * @throws UsageException if the text is none of these
   */
  public static InetSocketAddress address(String text) throws UsageException {
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, Math.max(colon, 0)).replaceAll("^\\[|\\]$", "");
    String port = text.substring(colon + 1);
    if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > HIGHEST_PORT) {
      throw new UsageException(
          "--listen is '%s'; expected HOST:PORT, such as 127.0.0.1:8791".formatted(text));
    }
    return new InetSocketAddress(host.isEmpty() ? "127.0.0.1" : host, Integer.parseInt(port));
  }

  /** Returns where it listens: port 0 has become a free one. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** Answers no more. */
  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
