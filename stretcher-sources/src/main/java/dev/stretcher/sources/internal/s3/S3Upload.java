package dev.stretcher.sources.internal.s3;

import dev.stretcher.publish.ContentChangedException;
import dev.stretcher.publish.ObjectContent;
import dev.stretcher.sources.internal.upload.LostUploadException;
import dev.stretcher.sources.internal.upload.UserAgent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * An object that is written under a <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">condition</a>,
 * which not each server knows.
 */
record S3Upload(S3Client client, S3Uri object, ObjectContent content) {
  /** The key of the metadata that has the SHA-256. */
  static final String DIGEST = "sha256";

  /** What the key must not have: anything. */
  static final String ANY = "*";

  private static final int PRECONDITION_FAILED = 412;
  private static final int CONFLICT = 409;
  private static final int NOT_IMPLEMENTED = 501;

  /** Does a request that may have the condition. */
  @FunctionalInterface
  interface Conditional {
    void send(boolean onlyIfFree);
  }

  /** Writes it in one piece. */
  void write() throws IOException, InterruptedException {
    conditionally(
        onlyIfFree -> {
          PutObjectRequest.Builder request =
              PutObjectRequest.builder()
                  .bucket(object.bucket())
                  .key(object.key())
                  .contentType(content.type())
                  .metadata(metadata())
                  .checksumSHA256(base64(HexFormat.of().parseHex(content.sha256().hex())))
                  .overrideConfiguration(userAgent());
          if (onlyIfFree) {
            request.ifNoneMatch(ANY);
          }
          client.putObject(
              request.build(),
              RequestBody.fromContentProvider(
                  () -> S3Part.open(content, 0, content.length()),
                  content.length(),
                  content.type()));
        });
  }

  Map<String, String> metadata() {
    return Map.of(DIGEST, content.sha256().hex());
  }

  static String base64(byte[] digest) {
    return Base64.getEncoder().encodeToString(digest);
  }

  static AwsRequestOverrideConfiguration userAgent() {
    return AwsRequestOverrideConfiguration.builder()
        .addApiName(S3Objects.apiName(UserAgent.text()))
        .build();
  }

  /** Sends a request with the condition, or without if the server does not know it. */
  void conditionally(Conditional request) throws IOException, InterruptedException {
    try {
      request.send(true);
    } catch (S3Exception e) {
      if (e.statusCode() != NOT_IMPLEMENTED) {
        throw failure(e);
      }
      unconditionally(request);
    } catch (SdkException e) {
      throw failure(e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void unconditionally(Conditional request) throws IOException, InterruptedException {
    try {
      request.send(false);
    } catch (SdkException e) {
      throw failure(e);
    }
  }

  IOException failure(SdkException e) throws IOException, InterruptedException {
    ContentChangedException.rethrow(e);
    if (e instanceof S3Exception answer && answer.statusCode() == PRECONDITION_FAILED) {
      return S3ObjectStore.exists(object, Optional.empty());
    }
    if (e instanceof S3Exception answer && answer.statusCode() == CONFLICT) {
      // S3 wants all parts anew then.
      LostUploadException lost =
          new LostUploadException(
              object + ": somebody else writes it at this moment (HTTP 409); try again");
      lost.initCause(e);
      return lost;
    }
    return S3Failure.ofPublisher(object, e);
  }
}
