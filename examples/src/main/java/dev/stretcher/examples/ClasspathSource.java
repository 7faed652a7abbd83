package dev.stretcher.examples;

import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.Source;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Serves {@code classpath:/path}, so that a jar can carry its manifest and its archive. Immutable
 * and thread-safe.
 */
public final class ClasspathSource implements Source {
  private final ClassLoader loader;

  /** Serves what {@code loader} finds. */
  public ClasspathSource(ClassLoader loader) {
    this.loader = loader;
  }

  @Override
  public Set<String> schemes() {
    return Set.of("classpath");
  }

  /** Opens a resource, always from its first byte, since streams of resources have no ranges. */
  @Override
  public Content open(URI uri, FetchRequest request) throws IOException {
    String name = Optional.ofNullable(uri.getPath()).orElse("").replaceFirst("^/+", "");
    URL resource = loader.getResource(name);
    if (resource == null) {
      throw new NoSuchFileException(name, null, "there is no resource '" + name + "'");
    }
    URLConnection connection = resource.openConnection();
    connection.setUseCaches(false);
    InputStream body = connection.getInputStream();
    long length = connection.getContentLengthLong();
    return new Content(
        body,
        ByteRange.ALL,
        length < 0 ? OptionalLong.empty() : OptionalLong.of(length),
        Optional.empty(),
        Optional.empty());
  }
}
