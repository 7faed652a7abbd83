package dev.stretcher.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.ObjectStoreContract;
import dev.stretcher.publish.ObjectStore;
import dev.stretcher.sources.setting.HttpSettings;
import dev.stretcher.spi.Source;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

class GcsObjectStoreContractTest extends ObjectStoreContract {
  private final GcsServer server = new GcsServer();
  private final Map<String, String> environment =
      Map.of("STORAGE_EMULATOR_HOST", server.endpoint().toString());

  GcsObjectStoreContractTest() throws IOException {}

  @Override
  protected ObjectStore open() throws IOException {
    return new GcsObjectStores().open(URI.create("gs://bucket/deploys"), environment);
  }

  @Override
  protected Optional<Source> source() {
    return Optional.of(new GcsSource(HttpSettings.in(environment)));
  }

  @AfterEach
  void close() {
    assertThat(server.uploads().open()).as("uploads that are left").isZero();
    server.close();
  }
}
