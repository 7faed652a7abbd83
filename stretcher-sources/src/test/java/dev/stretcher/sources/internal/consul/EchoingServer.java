package dev.stretcher.sources.internal.consul;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A server that fails, and shows who asked, as some do for debugging. */
final class EchoingServer implements AutoCloseable {
  private final HttpServer server;

  EchoingServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", EchoingServer::answer);
    server.start();
  }

  URI address() {
    return URI.create("consul://127.0.0.1:" + server.getAddress().getPort());
  }

  private static void answer(HttpExchange exchange) throws IOException {
    byte[] body =
        ("X-Consul-Token: "
                + exchange.getRequestHeaders().getFirst("X-Consul-Token")
                + " Authorization: "
                + exchange.getRequestHeaders().getFirst("Authorization"))
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(500, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
