package dev.stretcher.sources.internal.upload;

import dev.stretcher.process.Interrupts;
import dev.stretcher.publish.ContentChangedException;
import dev.stretcher.publish.ObjectContent;
import dev.stretcher.publish.ObjectExistsException;
import dev.stretcher.publish.ObjectName;
import dev.stretcher.publish.ObjectStore;
import dev.stretcher.publish.StoredObject;
import dev.stretcher.sources.internal.http.Exchange;
import dev.stretcher.sources.internal.http.HttpConnections;
import dev.stretcher.sources.internal.http.HttpCredentials;
import dev.stretcher.sources.internal.http.HttpFetch;
import dev.stretcher.sources.internal.range.Wanted;
import dev.stretcher.sources.setting.HttpSettings;
import dev.stretcher.spi.FetchRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Objects that a web server takes by <a
 * href="https://www.rfc-editor.org/rfc/rfc9110#section-9.3.4">PUT</a>. Whether a name is free is
 * asked before, and told to the server by {@code If-None-Match: *}, which not each server heeds.
 */
public final class HttpObjectStore implements ObjectStore {
  private static final int PRECONDITION_FAILED = 412;

  private final HttpPlace place;
  private final HttpConnections connections;
  private final HttpCredentials credentials;

  /**
   * Creates the store.
   *
   * @throws IllegalArgumentException if the address is none
   */
  public HttpObjectStore(URI address, HttpSettings settings) {
    this.place = HttpPlace.of(address);
    this.connections = new HttpConnections(settings);
    this.credentials = new HttpCredentials(settings);
  }

  @Override
  public String name() {
    return place.toString();
  }

  @Override
  public URI url(ObjectName name) {
    return place.shared(name);
  }

  @Override
  public void create(ObjectName name, ObjectContent content)
      throws IOException, InterruptedException {
    Optional<StoredObject> there = find(name);
    if (there.isPresent()) {
      throw exists(name, there);
    }
    try (Exchange answer = put(name, content)) {
      Response response = answer.response();
      if (response.code() == PRECONDITION_FAILED) {
        throw exists(name, Optional.empty());
      }
      if (!response.isSuccessful()) {
        throw UploadAnswer.failure(shown(name), "PUT", response);
      }
    }
  }

  private Exchange put(ObjectName name, ObjectContent content)
      throws IOException, InterruptedException {
    Request.Builder request = request(name).header("If-None-Match", "*");
    try {
      return connections.send(request.put(new ContentBody(content, 0)).build());
    } catch (IOException e) {
      ContentChangedException.rethrow(e);
      Interrupts.rethrow(e);
      throw e;
    }
  }

  private ObjectExistsException exists(ObjectName name, Optional<StoredObject> there) {
    return new ObjectExistsException(
        "%s exists already; choose another name".formatted(shown(name)), there);
  }

  private String shown(ObjectName name) {
    return url(name).toString();
  }

  private Request.Builder request(ObjectName name) throws IOException {
    HttpUrl url = place.of(name);
    Request.Builder request =
        new Request.Builder()
            .url(url)
            .header("User-Agent", UserAgent.text())
            .header("Accept-Encoding", "identity");
    credentials.addTo(request, url, url);
    return request;
  }

  @Override
  public Optional<StoredObject> find(ObjectName name) throws IOException, InterruptedException {
    try (Exchange answer = connections.send(request(name).head().build())) {
      Response response = answer.response();
      if (UploadAnswer.isMissing(response)) {
        return Optional.empty();
      }
      if (!response.isSuccessful()) {
        throw UploadAnswer.failure(shown(name), "HEAD", response);
      }
      return Optional.of(stored(name, response));
    }
  }

  private StoredObject stored(ObjectName name, Response response) throws IOException {
    String length = String.valueOf(response.header("Content-Length"));
    if (!length.matches("[0-9]{1,18}")) {
      throw new IOException(
          shown(name) + ": HEAD was answered without a length; let the server tell Content-Length");
    }
    @Nullable Instant modified = response.headers().getInstant("Last-Modified");
    return new StoredObject(
        name, Long.parseLong(length), Optional.empty(), Optional.ofNullable(modified));
  }

  @Override
  public InputStream open(ObjectName name) throws IOException, InterruptedException {
    Wanted all = Wanted.of(FetchRequest.all(UserAgent.text()));
    return new HttpFetch(connections, credentials, place.of(name), all).open().body();
  }

  /** Returns nothing: HTTP has no list. */
  @Override
  public Optional<List<StoredObject>> list(String prefix) {
    return Optional.empty();
  }

  @Override
  public void delete(ObjectName name) throws IOException, InterruptedException {
    try (Exchange answer = connections.send(request(name).delete(RequestBody.EMPTY).build())) {
      Response response = answer.response();
      if (!response.isSuccessful() && !UploadAnswer.isMissing(response)) {
        throw UploadAnswer.failure(shown(name), "DELETE", response);
      }
    }
  }

  @Override
  public void close() {
    connections.close();
  }
}
