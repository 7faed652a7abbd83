package dev.stretcher.sources.internal.s3;

import dev.stretcher.manifest.Digest;
import dev.stretcher.publish.ObjectContent;
import dev.stretcher.publish.ObjectExistsException;
import dev.stretcher.publish.ObjectName;
import dev.stretcher.publish.ObjectStore;
import dev.stretcher.publish.StoredObject;
import dev.stretcher.sources.internal.http.HttpConnections;
import dev.stretcher.sources.internal.http.OnFirstUse;
import dev.stretcher.sources.internal.upload.BucketPlace;
import dev.stretcher.sources.internal.upload.Tries;
import dev.stretcher.sources.setting.HttpSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects of a bucket. */
public final class S3ObjectStore implements ObjectStore {
  private static final int MISSING = 404;

  private final BucketPlace place;
  private final PartSizes sizes;
  private final Tries tries;
  private final HttpConnections connections;
  private final OnFirstUse<S3Client> client;

  /**
   * Creates the store.
   *
   * @param tries how often a part is sent
   * @throws IllegalArgumentException if the address is none
   */
  public S3ObjectStore(URI address, HttpSettings http, PartSizes sizes, Tries tries) {
    this.place = BucketPlace.of(address);
    this.sizes = sizes;
    this.tries = tries;
    this.connections = new HttpConnections(http);
    this.client = new OnFirstUse<>(() -> S3Clients.create(connections), made -> made.close());
  }

  @Override
  public String name() {
    return place.address();
  }

  @Override
  public URI url(ObjectName name) {
    return place.url(name);
  }

  private S3Uri uri(String name) {
    return new S3Uri(place.of(name), Optional.empty());
  }

  @Override
  public void create(ObjectName name, ObjectContent content)
      throws IOException, InterruptedException {
    Optional<StoredObject> there = find(name);
    if (there.isPresent()) {
      throw exists(uri(name.text()), there);
    }
    S3Upload upload = new S3Upload(client(name), uri(name.text()), content);
    if (sizes.isCut(content.length())) {
      new S3Parts(upload, sizes.of(content.length()), tries).write();
    } else {
      upload.write();
    }
  }

  static ObjectExistsException exists(S3Uri object, Optional<StoredObject> there) {
    return new ObjectExistsException(
        "%s exists already; choose another name".formatted(object), there);
  }

  private S3Client client(ObjectName name) throws IOException, InterruptedException {
    try {
      return client.get();
    } catch (SdkException e) {
      throw S3Failure.ofPublisher(uri(name.text()), e);
    }
  }

  @Override
  public Optional<StoredObject> find(ObjectName name) throws IOException, InterruptedException {
    S3Uri object = uri(name.text());
    try {
      HeadObjectResponse head =
          client.get().headObject(o -> o.bucket(object.bucket()).key(object.key()));
      return Optional.of(
          new StoredObject(
              name,
              head.contentLength(),
              digest(head.metadata().get(S3Upload.DIGEST)),
              Optional.ofNullable(head.lastModified())));
    } catch (S3Exception e) {
      if (e.statusCode() == MISSING) {
        return Optional.empty();
      }
      throw S3Failure.ofPublisher(object, e);
    } catch (SdkException e) {
      throw S3Failure.ofPublisher(object, e);
    }
  }

  private static Optional<Digest> digest(@Nullable String hex) {
    return hex != null && hex.matches("[0-9a-f]{64}")
        ? Optional.of(new Digest(Digest.Algorithm.SHA256, hex))
        : Optional.empty();
  }

  @Override
  public InputStream open(ObjectName name) throws IOException, InterruptedException {
    S3Uri object = uri(name.text());
    try {
      return new S3Body(
          object, client.get().getObject(o -> o.bucket(object.bucket()).key(object.key())));
    } catch (SdkException e) {
      throw S3Failure.ofPublisher(object, e);
    }
  }

  @Override
  public Optional<List<StoredObject>> list(String prefix) throws IOException, InterruptedException {
    List<StoredObject> found = new ArrayList<>();
    try {
      for (S3Object each :
          client
              .get()
              .listObjectsV2Paginator(o -> o.bucket(place.bucket()).prefix(place.prefix() + prefix))
              .contents()) {
        place.name(each.key()).ifPresent(name -> found.add(stored(name, each)));
      }
    } catch (SdkException e) {
      throw S3Failure.ofPublisher(uri(prefix), e);
    }
    found.sort((a, b) -> a.name().compareTo(b.name()));
    return Optional.of(found);
  }

  private static StoredObject stored(ObjectName name, S3Object listed) {
    return new StoredObject(
        name, listed.size(), Optional.empty(), Optional.ofNullable(listed.lastModified()));
  }

  @Override
  public void delete(ObjectName name) throws IOException, InterruptedException {
    S3Uri object = uri(name.text());
    try {
      client.get().deleteObject(o -> o.bucket(object.bucket()).key(object.key()));
    } catch (S3Exception e) {
      if (e.statusCode() != MISSING) {
        throw S3Failure.ofPublisher(object, e);
      }
    } catch (SdkException e) {
      throw S3Failure.ofPublisher(object, e);
    }
  }

  @Override
  public void close() {
    client.close();
    connections.close();
  }
}
