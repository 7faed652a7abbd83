package dev.stretcher.sources;

import dev.stretcher.contract.SourceContract;
import dev.stretcher.spi.Source;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

class HttpSourceContractTest extends SourceContract {
  private final HttpSource source = new HttpSource();
  private final ObjectServer server = new ObjectServer();
  private final RawServer stalling =
      RawServer.stallingAfter("HTTP/1.1 200 OK", "Content-Length: 100", "", "beginning");

  HttpSourceContractTest() throws IOException {}

  @Override
  protected Source source() {
    return source;
  }

  @Override
  protected URI put(String name, byte[] bytes) {
    return server.put(name, bytes);
  }

  @Override
  protected URI missing() {
    return server.uri("missing");
  }

  @Override
  protected List<Capability> capabilities() {
    return List.of(Capability.values());
  }

  @Override
  protected Optional<URI> stalling() {
    return Optional.of(stalling.uri("http", "/stalling"));
  }

  @AfterEach
  void close() throws IOException {
    source.close();
    server.close();
    stalling.close();
  }
}
