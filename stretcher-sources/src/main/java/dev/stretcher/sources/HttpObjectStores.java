package dev.stretcher.sources;

import dev.stretcher.publish.ObjectStore;
import dev.stretcher.publish.ObjectStoreProvider;
import dev.stretcher.sources.internal.http.HttpLibrary;
import dev.stretcher.sources.internal.upload.HttpObjectStore;
import dev.stretcher.sources.setting.HttpSettings;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Opens directories of web servers, {@code http} and {@code https}, that take uploads by <a
 * href="https://www.rfc-editor.org/rfc/rfc9110#section-9.3.4">PUT</a>, as nginx does with {@code
 * dav_methods PUT}.
 *
 * <ul>
 *   <li>Before it writes, the store asks whether the name is free (HEAD), and the upload says
 *       {@code If-None-Match: *}. A server that does not heed that, as nginx, lets one of two
 *       writers at the same moment replace what the other wrote.
 *   <li>Credentials, proxies, certificates and time-outs are those of {@link HttpSource}. User
 *       information in the address is not part of {@link ObjectStore#url}.
 *   <li>There is no list. Uploads are not redirected.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class HttpObjectStores implements ObjectStoreProvider {
  private final Optional<HttpSettings> settings;

  /** Creates a provider with the default settings, in the environment that it is asked with. */
  public HttpObjectStores() {
    this.settings = Optional.empty();
  }

  /** Creates a provider with other settings, and their environment. */
  public HttpObjectStores(HttpSettings settings) {
    this.settings = Optional.of(settings);
  }

  @Override
  public Set<String> schemes() {
    return Set.of("http", "https");
  }

  @Override
  public ObjectStore open(URI address, Map<String, String> environment) throws IOException {
    try {
      return new HttpObjectStore(address, settings.orElseGet(() -> HttpSettings.in(environment)));
    } catch (LinkageError e) {
      throw HttpLibrary.explained(e);
    }
  }
}
