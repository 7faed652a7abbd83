package dev.stretcher.sources;

import dev.stretcher.contract.Tools;
import dev.stretcher.spi.Source;
import dev.stretcher.testing.Nginx;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** With the real nginx behind it. */
class BadNetworkNginxIT extends BadNetwork {
  @TempDir private static Path prefix;
  private static Nginx nginx;

  @BeforeAll
  static void start() throws Exception {
    Tools.require("nginx");
    nginx = Nginx.start(prefix);
    Files.write(nginx.documents().resolve("app.tar.gz"), OBJECT);
  }

  @AfterAll
  static void stop() throws Exception {
    if (nginx != null) {
      nginx.close();
    }
  }

  @Override
  int port() {
    return nginx.port();
  }

  @Override
  Source through(FaultProxy proxy) {
    return new HttpSource();
  }

  @Override
  URI uri(FaultProxy proxy) {
    return proxy.uri("/app.tar.gz");
  }
}
