package dev.stretcher.internal.plugin;

import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.EventSource;
import dev.stretcher.spi.EventSourceProvider;
import dev.stretcher.text.RedactedUri;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * The events of an address. The source opens at its first use, so that a failure is one of the
 * deploy, and in its log.
 */
final class AddressedEvents implements EventSource {
  private final URI address;
  private final EventSourceProvider provider;
  private final Map<String, String> environment;
  private Optional<EventSource> opened = Optional.empty();

  AddressedEvents(URI address, EventSourceProvider provider, Map<String, String> environment) {
    this.address = address;
    this.provider = provider;
    this.environment = environment;
  }

  @Override
  public String name() {
    return RedactedUri.of(address);
  }

  @Override
  public Optional<DeployRequest> next() throws IOException, InterruptedException {
    if (opened.isEmpty()) {
      opened = Optional.of(provider.open(address, environment));
    }
    return opened.get().next();
  }

  @Override
  public void close() throws IOException {
    if (opened.isPresent()) {
      opened.get().close();
    }
  }
}
