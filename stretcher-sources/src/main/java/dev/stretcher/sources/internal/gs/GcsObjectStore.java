package dev.stretcher.sources.internal.gs;

import dev.stretcher.manifest.Digest;
import dev.stretcher.publish.ObjectContent;
import dev.stretcher.publish.ObjectExistsException;
import dev.stretcher.publish.ObjectName;
import dev.stretcher.publish.ObjectStore;
import dev.stretcher.publish.StoredObject;
import dev.stretcher.sources.internal.range.Wanted;
import dev.stretcher.sources.internal.upload.BucketPlace;
import dev.stretcher.sources.internal.upload.Tries;
import dev.stretcher.sources.internal.upload.UserAgent;
import dev.stretcher.spi.FetchRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/** Objects of a bucket, by the JSON API. */
public final class GcsObjectStore implements ObjectStore {
  static final MediaType JSON = MediaType.get("application/json; charset=UTF-8");

  private static final int MISSING = 404;
  private static final String FIELDS = "name,size,updated,metadata";

  private final BucketPlace place;
  private final GcsObjects objects;
  private final Tries tries;

  /**
   * Creates the store.
   *
   * @param tries how often an upload goes on after a break without getting further
   * @throws IllegalArgumentException if the address is none
   */
  public GcsObjectStore(URI address, GcsObjects objects, Tries tries) {
    this.place = BucketPlace.of(address);
    this.objects = objects;
    this.tries = tries;
  }

  @Override
  public String name() {
    return place.address();
  }

  @Override
  public URI url(ObjectName name) {
    return place.url(name);
  }

  private GcsUri uri(String name) {
    return new GcsUri(place.of(name), Optional.empty());
  }

  @Override
  public void create(ObjectName name, ObjectContent content)
      throws IOException, InterruptedException {
    GcsUri object = uri(name.text());
    Optional<StoredObject> there = find(name);
    if (there.isPresent()) {
      throw new ObjectExistsException(
          "%s exists already; choose another name".formatted(object), there);
    }
    new GcsUpload(objects.api(), object, content, tries).write();
  }

  @Override
  public Optional<StoredObject> find(ObjectName name) throws IOException, InterruptedException {
    GcsUri object = uri(name.text());
    HttpUrl url =
        objects.api().metadata(object).newBuilder().addQueryParameter("fields", FIELDS).build();
    try (GcsApi.Answer answer = objects.api().send(new Request.Builder().url(url))) {
      if (answer.response().code() == MISSING) {
        return Optional.empty();
      }
      return stored(json(object, answer));
    }
  }

  private static GcsJson json(GcsUri object, GcsApi.Answer answer) throws IOException {
    if (!answer.response().isSuccessful()) {
      throw answer.failure(object);
    }
    try (InputStream body = answer.response().body().byteStream()) {
      return GcsJson.of(body);
    }
  }

  /** Returns an object, if its name may be one of ours. */
  private Optional<StoredObject> stored(GcsJson json) throws IOException {
    Optional<ObjectName> name = place.name(json.require("name"));
    if (name.isEmpty()) {
      return Optional.empty();
    }
    String size = json.require("size");
    if (!size.matches("[0-9]{1,18}")) {
      throw new IOException(uri(name.get().text()) + ": its size is no number");
    }
    Optional<Digest> digest =
        json.get("metadata." + GcsUpload.DIGEST)
            .filter(hex -> hex.matches("[0-9a-f]{64}"))
            .map(hex -> new Digest(Digest.Algorithm.SHA256, hex));
    return Optional.of(
        new StoredObject(
            name.get(),
            Long.parseLong(size),
            digest,
            json.get("updated").flatMap(GcsObjectStore::time)));
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  @Override
  public InputStream open(ObjectName name) throws IOException, InterruptedException {
    Wanted all = Wanted.of(FetchRequest.all(UserAgent.text()));
    return objects.open(uri(name.text()), all).body();
  }

  @Override
  public Optional<List<StoredObject>> list(String prefix) throws IOException, InterruptedException {
    List<StoredObject> found = new ArrayList<>();
    Optional<String> page = Optional.empty();
    do {
      page = list(uri(prefix), page, found);
    } while (page.isPresent());
    found.sort((a, b) -> a.name().compareTo(b.name()));
    return Optional.of(found);
  }

  /** Adds a page of the list; returns the token of the next one. */
  private Optional<String> list(GcsUri prefix, Optional<String> page, List<StoredObject> found)
      throws IOException, InterruptedException {
    HttpUrl.Builder url =
        objects
            .api()
            .list(prefix)
            .newBuilder()
            .addQueryParameter("fields", "nextPageToken,items(" + FIELDS + ")");
    page.ifPresent(token -> url.addQueryParameter("pageToken", token));
    try (GcsApi.Answer answer = objects.api().send(new Request.Builder().url(url.build()))) {
      GcsJson json = json(prefix, answer);
      for (GcsJson item : json.items()) {
        stored(item).ifPresent(found::add);
      }
      return json.get("nextPageToken");
    }
  }

  @Override
  public void delete(ObjectName name) throws IOException, InterruptedException {
    GcsUri object = uri(name.text());
    Request.Builder request =
        new Request.Builder().url(objects.api().metadata(object)).delete(RequestBody.EMPTY);
    try (GcsApi.Answer answer = objects.api().send(request)) {
      if (!answer.response().isSuccessful() && answer.response().code() != MISSING) {
        throw answer.failure(object);
      }
    }
  }

  @Override
  public void close() {
    objects.close();
  }
}
