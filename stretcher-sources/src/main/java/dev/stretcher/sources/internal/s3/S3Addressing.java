package dev.stretcher.sources.internal.s3;

import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointParams;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;

/** Makes a bucket part of the host name, or of the path where that does not work. Thread-safe. */
final class S3Addressing implements S3EndpointProvider {
  private final S3EndpointProvider rules = S3EndpointProvider.defaultProvider();

  @Override
  public CompletableFuture<Endpoint> resolveEndpoint(S3EndpointParams of) {
    return rules.resolveEndpoint(of.toBuilder().forcePathStyle(isInPath(of)).build());
  }

  /** Other servers rarely have a name for each bucket. */
  private static boolean isInPath(S3EndpointParams of) {
    // The certificate of AWS does not cover a host name with one more dot.
    return of.endpoint() != null || of.bucket().contains(".");
  }
}
