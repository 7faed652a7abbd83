package dev.stretcher.sources;

import dev.stretcher.sources.internal.http.HttpConnections;
import dev.stretcher.sources.internal.http.HttpCredentials;
import dev.stretcher.sources.internal.http.HttpFetch;
import dev.stretcher.sources.internal.http.HttpLibrary;
import dev.stretcher.sources.internal.http.OnFirstUse;
import dev.stretcher.sources.internal.range.Wanted;
import dev.stretcher.sources.setting.HttpSettings;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.Source;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Objects of web servers, {@code http} and {@code https}, as in <a
 * href="https://www.rfc-editor.org/rfc/rfc9110">RFC 9110</a>.
 *
 * <ul>
 *   <li>Bytes are taken as the server has them: no transfer compression is asked for or undone.
 *   <li>A validator is a strong ETag, or a Last-Modified without any ETag that was a minute old
 *       when the server answered. A weak ETag is none.
 *   <li>A server that refuses a range is asked once more, for the whole object. That is 416 (the
 *       object shrank, or the range begins after its end), each other 4xx below and 501, which
 *       servers, proxies and firewalls without ranges say, and a part that was not asked for.
 *   <li>Up to 10 redirects are followed, but never from https to http. User information in the URL
 *       is sent as basic authentication, and not to another host; without it, a host gets its login
 *       of {@code ~/.netrc}.
 *   <li>HTTP/2 is spoken where the server offers it for https. Proxies, headers and certificates
 *       are those of the {@link HttpSettings}.
 *   <li>404 and 410 are a {@link java.nio.file.NoSuchFileException}, other 4xx and 3xx an {@link
 *       java.nio.file.AccessDeniedException}; 408, 425, 429 and everything else may pass.
 *   <li>A body that ends early, by Content-Length or by its chunks, fails to be read.
 * </ul>
 *
 * <p>The client is created by the first {@link #open}. Thread-safe.
 */
public final class HttpSource implements Source {
  private final HttpCredentials credentials;
  private final OnFirstUse<HttpConnections> connections;

  /** Creates a source with the defaults, in the environment of this process. */
  public HttpSource() {
    this(HttpSettings.in(System.getenv()));
  }

  /** Creates a source with other settings. */
  public HttpSource(HttpSettings settings) {
    this.connections =
        new OnFirstUse<>(() -> new HttpConnections(settings), client -> client.close());
    this.credentials = new HttpCredentials(settings);
  }

  @Override
  public Set<String> schemes() {
    return Set.of("http", "https");
  }

  /**
   * Sends the request, and waits for the beginning of the answer.
   *
   * @throws java.nio.file.NoSuchFileException if there is no such object
   * @throws java.nio.file.AccessDeniedException if it is refused, whatever for
   * @throws IOException if it failed now and might not fail later
   * @throws InterruptedException if the thread was interrupted
   * @throws IllegalStateException if this source is closed
   */
  @Override
  public Content open(URI uri, FetchRequest request) throws IOException, InterruptedException {
    return open(uri, Wanted.of(request));
  }

  /** Asks for a suffix range; as {@link #open} otherwise. */
  @Override
  public Optional<Content> openEnd(URI uri, long bytes, String userAgent)
      throws IOException, InterruptedException {
    return Optional.of(open(uri, Wanted.end(bytes, userAgent)));
  }

  private Content open(URI uri, Wanted wanted) throws IOException, InterruptedException {
    try {
      return HttpLibrary.explaining(
          new HttpFetch(connections.get(), credentials, HttpFetch.address(uri), wanted).open());
    } catch (LinkageError e) {
      throw HttpLibrary.explained(e);
    }
  }

  @Override
  public void close() {
    connections.close();
  }
}
