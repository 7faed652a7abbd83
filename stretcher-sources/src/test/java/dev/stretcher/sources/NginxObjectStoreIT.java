package dev.stretcher.sources;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.contract.ObjectStoreContract;
import dev.stretcher.contract.Tools;
import dev.stretcher.publish.ObjectContent;
import dev.stretcher.publish.ObjectName;
import dev.stretcher.publish.ObjectStore;
import dev.stretcher.spi.Source;
import dev.stretcher.testing.Nginx;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads to a web server that is not ours. */
class NginxObjectStoreIT extends ObjectStoreContract {
  private static final long TOO_LARGE = 65L << 20;

  @TempDir private static Path prefix;
  private static Nginx nginx;

  @BeforeAll
  static void start() throws Exception {
    Tools.require("nginx");
    nginx = Nginx.startWithUploads(prefix);
  }

  @AfterAll
  static void stop() {
    if (nginx != null) {
      nginx.close();
    }
  }

  @Override
  protected ObjectStore open() throws IOException {
    return new HttpObjectStores().open(URI.create(nginx.url("deploys")), Map.of());
  }

  @Override
  protected Optional<Source> source() {
    return Optional.of(new HttpSource());
  }

  /** It does not heed If-None-Match. */
  @Override
  protected boolean isAtomic() {
    return false;
  }

  @Test
  void aServerThatTakesNoSuchLengthIsSaidToBeConfigured(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("archive");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(TOO_LARGE);
    }
    ObjectContent content =
        ObjectContent.of(
            file,
            TOO_LARGE,
            ObjectContent.of(new byte[0], "text/plain").sha256(),
            "application/gzip");
    try (ObjectStore store = open()) {
      assertThatThrownBy(() -> store.create(new ObjectName("large"), content))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("HTTP 413")
          .hasMessageContaining("client_max_body_size");
    }
  }
}
