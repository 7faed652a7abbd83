package dev.stretcher.sources;

import dev.stretcher.sources.internal.gs.GcsObjects;
import dev.stretcher.sources.internal.gs.GcsUri;
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
 * Objects of Google Cloud Storage: {@code gs://bucket/object}, by the <a
 * href="https://cloud.google.com/storage/docs/json_api/v1/objects/get">JSON API</a>.
 *
 * <ul>
 *   <li>The object is the percent-decoded path without its first slash; {@code ?generation=N}, or
 *       {@code #N} as in gsutil, selects a generation of it.
 *   <li>Credentials are the <a
 *       href="https://cloud.google.com/docs/authentication/application-default-credentials">application
 *       default credentials</a>: a service account's file, gcloud's file, the metadata server,
 *       workload identity. Without any, an object is asked for anonymously, which is enough for
 *       public ones.
 *   <li>{@code STORAGE_EMULATOR_HOST} names another server, which is asked without credentials.
 *   <li>Bytes are taken as they are stored, without decompressive transcoding.
 *   <li>The validator of a content is its generation, which later ranges must match. A range that
 *       is refused is replaced by the whole object.
 *   <li>404 is a {@link java.nio.file.NoSuchFileException}, other 4xx and bad credentials an {@link
 *       java.nio.file.AccessDeniedException}; 408, 429 and server errors may pass.
 * </ul>
 *
 * <p>Credentials need the artifact {@code com.google.auth:google-auth-library-oauth2-http}, whose
 * classes are loaded by the first {@link #open}; without it all requests are anonymous.
 * Thread-safe.
 */
public final class GcsSource implements Source {
  private final OnFirstUse<GcsObjects> objects;

  /** Creates a source with the environment of this process. */
  public GcsSource() {
    this(HttpSettings.in(System.getenv()));
  }

  /**
   * Creates a source.
   *
   * @param http how to connect; {@code STORAGE_EMULATOR_HOST} is looked for in its environment.
   *     Credentials are fetched by Google's library in its own way
   */
  public GcsSource(HttpSettings http) {
    this.objects = new OnFirstUse<>(() -> GcsObjects.of(http), client -> client.close());
  }

  GcsSource(GcsObjects objects) {
    this.objects = new OnFirstUse<>(() -> objects, client -> client.close());
  }

  @Override
  public Set<String> schemes() {
    return Set.of("gs");
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
      return HttpLibrary.explaining(objects.get().open(GcsUri.of(uri), wanted));
    } catch (LinkageError e) {
      throw HttpLibrary.explained(e);
    }
  }

  @Override
  public void close() {
    objects.close();
  }
}
