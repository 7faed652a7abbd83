package dev.stretcher.sources;

import dev.stretcher.contract.ObjectStoreContract;
import dev.stretcher.publish.ObjectStore;
import dev.stretcher.spi.Source;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

class HttpObjectStoreContractTest extends ObjectStoreContract {
  private final UploadServer server = new UploadServer();

  HttpObjectStoreContractTest() throws IOException {}

  @Override
  protected ObjectStore open() throws IOException {
    return new HttpObjectStores().open(server.uri("/deploys/"), Map.of());
  }

  @Override
  protected Optional<Source> source() {
    return Optional.of(new HttpSource());
  }

  @AfterEach
  void stop() {
    server.close();
  }
}
