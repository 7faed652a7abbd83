package dev.stretcher.benchmarks.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fetch.sh measures. */
class FetchOnceTest {
  @TempDir private Path directory;

  @Test
  void theFileIsTheObject() throws Exception {
    byte[] object = new byte[300_000];
    new Random(1).nextBytes(object);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/object",
        exchange -> {
          exchange.sendResponseHeaders(200, object.length);
          try (exchange) {
            exchange.getResponseBody().write(object);
          }
        });
    server.start();
    Path file = directory.resolve("fetched");
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/object";
      FetchOnce.main(new String[] {url, "4", file.toString()});
    } finally {
      server.stop(0);
    }

    assertThat(file).hasBinaryContent(object);
  }
}
