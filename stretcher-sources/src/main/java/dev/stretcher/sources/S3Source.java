package dev.stretcher.sources;

import dev.stretcher.sources.internal.http.HttpLibrary;
import dev.stretcher.sources.internal.http.OnFirstUse;
import dev.stretcher.sources.internal.range.Wanted;
import dev.stretcher.sources.internal.s3.S3Objects;
import dev.stretcher.sources.internal.s3.S3Uri;
import dev.stretcher.sources.setting.HttpSettings;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.Source;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Objects of Amazon S3 and of what speaks its protocol: {@code s3://bucket/key}, see the <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html">GetObject</a> request.
 *
 * <ul>
 *   <li>The key is the percent-decoded path without its first slash; {@code ?versionId=ID} selects
 *       a version of the object.
 *   <li>Credentials, region and endpoint come from the AWS SDK's <a
 *       href="https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html">default
 *       chains</a>: environment, profile files, web identity, container, instance metadata. Without
 *       a region it is {@code us-east-1}; a bucket of another region is found.
 *   <li>With an endpoint of your own ({@code AWS_ENDPOINT_URL_S3}, {@code AWS_ENDPOINT_URL}, {@code
 *       endpoint_url} of a profile) and for a bucket with a dot in its name, the bucket is part of
 *       the path.
 *   <li>The validator of a content is its ETag, which later ranges must match ({@code If-Match}). A
 *       range that is refused is replaced by the whole object.
 *   <li>A missing bucket, key or version is a {@link java.nio.file.NoSuchFileException}, a refusal
 *       a {@link java.nio.file.AccessDeniedException}; throttling, server errors and missing
 *       credentials may pass.
 * </ul>
 *
 * <p>It needs the artifacts {@code s3} and, for web identity, {@code sts} of {@code
 * software.amazon.awssdk}; their classes are loaded by the first {@link #open}. Thread-safe.
 */
public final class S3Source implements Source {
  private final OnFirstUse<S3Objects> objects;

  /** Creates a source with the defaults. */
  public S3Source() {
    this(Settings.DEFAULT, HttpSettings.in(System.getenv()));
  }

  /**
   * Creates a source with other settings.
   *
   * @param http how to connect; credentials are fetched by the AWS SDK in its own way
   */
  public S3Source(Settings settings, HttpSettings http) {
    this.objects =
        new OnFirstUse<>(
            () -> new S3Objects(settings.requesterPays(), http), client -> client.close());
  }

  /**
   * What the AWS configuration does not say. Immutable.
   *
   * @param requesterPays whether the requester agrees to pay for <a
   *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/RequesterPaysBuckets.html">buckets
   *     that want that</a>
   */
  public record Settings(boolean requesterPays) {
    /** The bucket's owner pays. */
    public static final Settings DEFAULT = new Settings(false);
  }

  @Override
  public Set<String> schemes() {
    return Set.of("s3");
  }

  /**
   * Sends the request, and waits for the beginning of the answer.
   *
   * @throws java.nio.file.NoSuchFileException if there is no such object
   * @throws java.nio.file.AccessDeniedException if it is refused, whatever for
   * @throws IOException if it failed now and might not fail later
   * @throws InterruptedException if the thread was interrupted
   * @throws IllegalStateException if this source is closed, or the AWS SDK is not on the class path
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
    S3Uri object = S3Uri.of(uri);
    try {
      return HttpLibrary.explaining(objects.get().open(object, wanted));
    } catch (LinkageError e) {
      if (e instanceof NoClassDefFoundError && !HttpLibrary.isBehind(e)) {
        throw new IllegalStateException(
            "s3 needs the AWS SDK, of which "
                + e.getMessage()
                + " is missing; add software.amazon.awssdk:s3 to the class path",
            e);
      }
      throw HttpLibrary.explained(e);
    }
  }

  @Override
  public void close() {
    objects.close();
  }
}
