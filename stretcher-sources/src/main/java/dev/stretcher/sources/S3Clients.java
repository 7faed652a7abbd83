package dev.stretcher.sources;

import java.io.Closeable;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** The clients for S3, made when they are needed. Thread-safe. */
final class S3Clients implements Closeable {
  private final HttpConnections connections;
  private final Map<Boolean, S3Client> byPathStyle = new HashMap<>();

  S3Clients(HttpConnections connections) {
    this.connections = connections;
  }

  /** Returns the client that addresses {@code bucket} in the way that works for it. */
  synchronized S3Client forBucket(String bucket) {
    // The certificate of AWS does not cover a host name with one more dot.
    S3Client client = byPathStyle.computeIfAbsent(bucket.contains("."), this::create);
    return client.serviceClientConfiguration().endpointOverride().isPresent()
        ? byPathStyle.computeIfAbsent(true, this::create)
        : client;
  }

  private S3Client create(boolean pathStyle) {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClient(new SdkOkHttpClient(connections))
            .region(region())
            .forcePathStyle(pathStyle)
            .crossRegionAccessEnabled(true)
            // The manifest's digest is checked in any case.
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            // The engine retries.
            .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()));
    return builder.build();
  }

  private static Region region() {
    try {
      return new DefaultAwsRegionProviderChain().getRegion();
    } catch (SdkClientException e) {
      // None is configured. From there S3 sends us to the region of a bucket.
      return Region.US_EAST_1;
    }
  }

  @Override
  public synchronized void close() {
    byPathStyle.values().forEach(S3Client::close);
  }
}
