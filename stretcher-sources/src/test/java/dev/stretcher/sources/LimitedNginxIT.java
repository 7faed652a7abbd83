package dev.stretcher.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import dev.stretcher.testing.Nginx;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A web server that is not ours, and lets us have one connection. */
class LimitedNginxIT {
  @TempDir private Path prefix;

  @Test
  void theConnectionThatThereIsHasToDo() throws Exception {
    Tools.require("nginx");
    byte[] object = new byte[12_000_000];
    new Random(1).nextBytes(object);
    Fetching fetching = new Fetching();
    try (Nginx nginx = Nginx.startWithOneConnection(prefix);
        HttpSource source = new HttpSource()) {
      Files.write(nginx.documents().resolve("app.tar"), object);

      fetching.fetch(source, URI.create(nginx.url("app.tar")), 0, 4);
    }

    assertThat(fetching.bytes()).isEqualTo(object);
    assertThat(fetching.retries()).isEmpty();
    assertThat(fetching.warnings())
        .isNotEmpty()
        .allSatisfy(each -> assertThat(each).contains("HTTP 503"));
  }
}
