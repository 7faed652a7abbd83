package dev.stretcher.examples;

import dev.stretcher.spi.EventSource;
import dev.stretcher.spi.EventSourceProvider;
import dev.stretcher.text.RedactedUri;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Lets an agent take its events from a directory: {@code stretcher
 * --events=directory:/var/spool/deploys}. Stateless and thread-safe.
 */
public final class DirectoryEvents implements EventSourceProvider {
  /** Creates the provider. */
  public DirectoryEvents() {}

  @Override
  public Set<String> schemes() {
    return Set.of("directory");
  }

  @Override
  public EventSource open(URI address, Map<String, String> environment) throws IOException {
    if (address.getPath() == null || !address.getPath().startsWith("/")) {
      throw new IllegalArgumentException(
          RedactedUri.of(address)
              + " names no absolute path; write it like directory:/var/spool/deploys");
    }
    return new DirectoryEventSource(Path.of(address.getPath()));
  }
}
