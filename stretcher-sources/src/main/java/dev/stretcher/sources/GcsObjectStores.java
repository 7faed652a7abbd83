package dev.stretcher.sources;

import dev.stretcher.publish.ObjectStore;
import dev.stretcher.publish.ObjectStoreProvider;
import dev.stretcher.sources.internal.gs.GcsObjectStore;
import dev.stretcher.sources.internal.gs.GcsObjects;
import dev.stretcher.sources.internal.http.HttpLibrary;
import dev.stretcher.sources.internal.upload.Tries;
import dev.stretcher.sources.setting.HttpSettings;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Opens buckets of Google Cloud Storage: {@code gs://bucket/prefix}.
 *
 * <ul>
 *   <li>Credentials are those of {@link GcsSource}, with the scope to read and write; {@code
 *       STORAGE_EMULATOR_HOST} names another server.
 *   <li>An object is written by a <a
 *       href="https://cloud.google.com/storage/docs/resumable-uploads">resumable upload</a> with
 *       {@code ifGenerationMatch=0}: of two writers, one wins. If the connection breaks, the upload
 *       goes on after what the server has.
 *   <li>The server compares a CRC-32C; the SHA-256 is kept in the metadata of the object as {@code
 *       sha256}.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class GcsObjectStores implements ObjectStoreProvider {
  private final Optional<HttpSettings> settings;

  /** Creates a provider with the default settings, in the environment that it is asked with. */
  public GcsObjectStores() {
    this.settings = Optional.empty();
  }

  /** Creates a provider with other settings, and their environment. */
  public GcsObjectStores(HttpSettings settings) {
    this.settings = Optional.of(settings);
  }

  @Override
  public Set<String> schemes() {
    return Set.of("gs");
  }

  @Override
  public ObjectStore open(URI address, Map<String, String> environment) throws IOException {
    try {
      return new GcsObjectStore(
          address,
          GcsObjects.writable(settings.orElseGet(() -> HttpSettings.in(environment))),
          Tries.STANDARD);
    } catch (LinkageError e) {
      throw HttpLibrary.explained(e);
    }
  }
}
