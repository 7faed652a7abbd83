package dev.stretcher.sources;

import dev.stretcher.contract.SourceContract;
import dev.stretcher.sources.setting.HttpSettings;
import dev.stretcher.spi.Source;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

class GcsSourceContractTest extends SourceContract {
  private final GcsServer server = new GcsServer();
  private final GcsSource source =
      new GcsSource(HttpSettings.in(Map.of("STORAGE_EMULATOR_HOST", server.endpoint().toString())));

  GcsSourceContractTest() throws IOException {}

  @Override
  protected Source source() {
    return source;
  }

  @Override
  protected URI put(String name, byte[] bytes) {
    server.put("bucket", name, bytes);
    return uri(name);
  }

  @Override
  protected URI missing() {
    return uri("missing");
  }

  private static URI uri(String name) {
    try {
      return new URI("gs", "bucket", "/" + name, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  @Override
  protected List<Capability> capabilities() {
    return List.of(Capability.values());
  }

  @Override
  protected Optional<URI> stalling() {
    return Optional.empty();
  }

  @AfterEach
  void close() {
    source.close();
    server.close();
  }
}
