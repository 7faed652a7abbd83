import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Serves the files of one directory over HTTP on a free port of this host, and writes its URL to a
 * file: {@code java ServeFiles.java DIRECTORY URL_FILE}.
 */
public final class ServeFiles {
  private ServeFiles() {}

  /** Serves until it is ended. */
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]).toRealPath();
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(free, 0);
    server.createContext("/", exchange -> answer(exchange, directory));
    server.start();
    // Written under another name first, so that no one reads half of it.
    Path written = Path.of(args[1] + ".part");
    Files.writeString(written, "http://127.0.0.1:" + server.getAddress().getPort());
    Files.move(written, Path.of(args[1]));
  }

  private static void answer(HttpExchange exchange, Path directory) throws IOException {
    try (exchange) {
      Path file = directory.resolve(exchange.getRequestURI().getPath().substring(1)).normalize();
      if (!file.startsWith(directory) || !Files.isRegularFile(file)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      exchange.sendResponseHeaders(200, Files.size(file));
      try (OutputStream body = exchange.getResponseBody()) {
        Files.copy(file, body);
      }
    }
  }
}
