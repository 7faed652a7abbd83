package dev.stretcher.sources.internal.s3;

import dev.stretcher.sources.internal.http.HttpConnections;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;

/** Makes clients for S3. */
final class S3Clients {
  private S3Clients() {}

  /** Returns a client for all buckets, which leaves {@code connections} open. */
  static S3Client create(HttpConnections connections) {
    return S3Client.builder()
        .httpClient(new SdkOkHttpClient(connections))
        .region(region())
        .endpointProvider(new S3Addressing())
        .crossRegionAccessEnabled(true)
        // The manifest's digest is checked in any case.
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        // Where we send a content, we name its checksum.
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        // The engine retries.
        .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }

  private static Region region() {
    try {
      return new DefaultAwsRegionProviderChain().getRegion();
    } catch (SdkClientException e) {
      // None is configured. From there S3 sends us to the region of a bucket.
      return Region.US_EAST_1;
    }
  }
}
