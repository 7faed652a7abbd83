package dev.stretcher.internal.publish;

import dev.stretcher.publish.ObjectStore;
import dev.stretcher.publish.ObjectStoreProvider;
import dev.stretcher.text.RedactedUri;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Opens {@code file:/DIR}. Thread-safe. */
public final class FileObjectStoreProvider implements ObjectStoreProvider {
  private static final String SCHEME = "file";

  @Override
  public Set<String> schemes() {
    return Set.of(SCHEME);
  }

  @Override
  public ObjectStore open(URI address, Map<String, String> environment) {
    boolean local = address.getRawAuthority() == null || address.getRawAuthority().isEmpty();
    String path = address.getRawPath();
    if (!local
        || path == null
        || !path.startsWith("/")
        || address.getRawQuery() != null
        || address.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "'%s' names no directory to publish to; expected file: and an absolute path, such as file:/srv/deploys/shop"
              .formatted(RedactedUri.of(address)));
    }
    URI directory = URI.create(SCHEME + ":" + path).normalize();
    return new FileObjectStore(Path.of(directory), directory);
  }
}
