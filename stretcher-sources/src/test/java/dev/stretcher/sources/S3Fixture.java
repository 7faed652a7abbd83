package dev.stretcher.sources;

import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The AWS configuration of this JVM while a test runs, and a client that uploads. */
final class S3Fixture implements AutoCloseable {
  static final String ACCESS_KEY = "AKIATEST";
  static final String SECRET_KEY = "s3cret-key";

  private final Map<String, String> properties;
  private final URI endpoint;

  private S3Fixture(URI endpoint, Map<String, String> properties) {
    this.endpoint = endpoint;
    this.properties = properties;
    properties.forEach(System::setProperty);
  }

  /** Points the SDK to an endpoint, with credentials that are good there. */
  static S3Fixture at(URI endpoint) {
    return at(endpoint, ACCESS_KEY, SECRET_KEY);
  }

  /** Points the SDK to an endpoint, with the given credentials. */
  static S3Fixture at(URI endpoint, String accessKey, String secretKey) {
    return new S3Fixture(
        endpoint,
        Map.of(
            "aws.endpointUrlS3",
            endpoint.toString(),
            "aws.accessKeyId",
            accessKey,
            "aws.secretAccessKey",
            secretKey,
            "aws.region",
            "us-east-1"));
  }

  /** Points the SDK to an endpoint, and gives it no credentials. */
  static S3Fixture withoutCredentials(URI endpoint) {
    return new S3Fixture(
        endpoint,
        Map.of(
            "aws.endpointUrlS3", endpoint.toString(),
            "aws.sharedCredentialsFile", "/nonexistent",
            "aws.configFile", "/nonexistent",
            "aws.disableEc2Metadata", "true",
            "aws.region", "us-east-1"));
  }

  /** Returns a client that may write. */
  S3Client writer() {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
        .build();
  }

  /** Uploads an object. */
  static void put(S3Client writer, String bucket, String key, byte[] content) {
    writer.putObject(o -> o.bucket(bucket).key(key), RequestBody.fromBytes(content));
  }

  @Override
  public String toString() {
    return "S3 at " + endpoint;
  }

  @Override
  public void close() {
    properties.keySet().forEach(System::clearProperty);
  }
}
