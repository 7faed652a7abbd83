package dev.stretcher.sources;

import dev.stretcher.sources.setting.HttpSettings;
import dev.stretcher.spi.Source;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** With a double of Cloud Storage behind it. */
class BadNetworkGcsIT extends BadNetwork {
  private static GcsServer server;

  @BeforeAll
  static void start() throws IOException {
    server = new GcsServer();
    server.put("bucket", "app.tar.gz", OBJECT);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  int port() {
    return server.endpoint().port();
  }

  @Override
  Source through(FaultProxy proxy) {
    return new GcsSource(
        HttpSettings.in(Map.of("STORAGE_EMULATOR_HOST", proxy.uri("").toString())));
  }

  @Override
  URI uri(FaultProxy proxy) {
    return URI.create("gs://bucket/app.tar.gz");
  }
}
