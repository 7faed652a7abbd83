package dev.stretcher.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * An application as releases have it: serves its version over HTTP, from its working directory. The
 * directory {@code run}, which releases share, has its port, its process ID ({@code pid}) and, once
 * it answers, its process ID once more ({@code ready}).
 */
final class VersionServer {
  private static final int OK = 200;
  private static final int BROKEN = 500;
  private static final int MOST_SECONDS = 1;

  private VersionServer() {}

  public static void main(String[] args) throws IOException {
    Path run = Path.of("run");
    Path port = run.resolve("port");
    int wanted = Files.exists(port) ? Integer.parseInt(Files.readString(port)) : 0;
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
    String version = Files.readString(Path.of("version"));
    int health = Files.exists(Path.of("healthy")) ? OK : BROKEN;
    server.createContext("/", exchange -> answer(exchange, OK, version));
    server.createContext("/health", exchange -> answer(exchange, health, version));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(MOST_SECONDS)));
    server.start();
    write(port, Integer.toString(server.getAddress().getPort()));
    String pid = Long.toString(ProcessHandle.current().pid());
    write(run.resolve("pid"), pid);
    write(run.resolve("ready"), pid);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** Nobody reads half of it. */
  private static void write(Path file, String text) throws IOException {
    Path written = Files.writeString(file.resolveSibling("." + file.getFileName()), text);
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
