package dev.stretcher.sources.internal.s3;

import dev.stretcher.process.Interrupts;
import dev.stretcher.sources.internal.http.RetryAfter;
import dev.stretcher.sources.internal.upload.LostUploadException;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Says in an operator's words why an object cannot be had, see the <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">error responses</a> of
 * S3.
 */
final class S3Failure {
  private static final String ACCESS_DENIED = "AccessDenied";
  private static final String PUBLISHER =
      "; let this role or user do s3:PutObject, s3:GetObject and s3:ListBucket,"
          + " s3:AbortMultipartUpload for large objects and s3:DeleteObject to prune";
  private static final Map<String, String> MISSING =
      Map.of(
          "NoSuchKey", "there is no such key in the bucket; check the URL",
          "NoSuchVersion", "there is no such version of the key; check versionId",
          "NoSuchBucket", "there is no such bucket; check the URL and AWS_ENDPOINT_URL_S3");
  private static final Map<String, String> REMEDIES =
      Map.of(
          ACCESS_DENIED,
          "; let this role or user do s3:GetObject, and s3:ListBucket to be told of a missing key",
          "InvalidAccessKeyId",
          "; check AWS_ACCESS_KEY_ID, and that the key was not deleted",
          "SignatureDoesNotMatch",
          "; check AWS_SECRET_ACCESS_KEY",
          "ExpiredToken",
          "; get new credentials",
          "RequestTimeTooSkewed",
          "; the clock of this machine is wrong, set it by NTP",
          "InvalidObjectState",
          "; the object is archived, restore it first",
          "PermanentRedirect",
          "; the bucket is in another region, set AWS_REGION to it",
          "AuthorizationHeaderMalformed",
          "; the bucket is in another region, set AWS_REGION to it");
  private static final Set<String> PASSING = Set.of("SlowDown", "RequestTimeout", "InternalError");
  private static final Set<String> CREDENTIALS =
      Set.of("ExpiredToken", "InvalidAccessKeyId", "RequestTimeTooSkewed");
  private static final int TOO_MANY_REQUESTS = 429;

  private S3Failure() {}

  /** Returns what to throw for a failure of the SDK when an object is read. */
  static IOException of(S3Uri object, SdkException e) throws InterruptedException {
    return of(object, e, REMEDIES);
  }

  /** Returns what to throw for a failure of the SDK for who publishes. */
  static IOException ofPublisher(S3Uri object, SdkException e) throws InterruptedException {
    Map<String, String> remedies = new HashMap<>(REMEDIES);
    remedies.put(ACCESS_DENIED, PUBLISHER);
    // The answer to HEAD has no code.
    remedies.put("", PUBLISHER);
    return of(object, e, remedies);
  }

  private static IOException of(S3Uri object, SdkException e, Map<String, String> remedies)
      throws InterruptedException {
    if (e instanceof AwsServiceException answer) {
      return refusal(object, answer, remedies);
    }
    Interrupts.rethrow(e);
    @Nullable IOException network = cause(e);
    if (network instanceof AccessDeniedException unusable) {
      return caused(new AccessDeniedException(object.toString(), null, unusable.getReason()), e);
    }
    if (network != null) {
      return new IOException(object + ": " + network.getMessage(), e);
    }
    String said = Printable.of(String.valueOf(e.getMessage()));
    return said.contains("credentials")
        ? new IOException(object + ": " + MissingCredentials.message(said), e)
        : new IOException(object + ": " + said, e);
  }

  private static @Nullable IOException cause(Throwable e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException io) {
        return io;
      }
    }
    return null;
  }

  private static IOException refusal(
      S3Uri object, AwsServiceException e, Map<String, String> remedies) {
    String code = code(e);
    if (code.equals("NoSuchUpload")) {
      // It was completed, though the answer was lost, or a rule of the bucket removed its parts.
      return caused(
          new LostUploadException(object + ": the server knows its parts no more; try again"), e);
    }
    String missing = MISSING.get(code);
    if (missing != null || e.statusCode() == 404) {
      return caused(
          new NoSuchFileException(
              object.toString(), null, missing == null ? "not found; check the URL" : missing),
          e);
    }
    String said = said(e, code);
    boolean passing =
        e.statusCode() >= 500 || e.statusCode() == TOO_MANY_REQUESTS || PASSING.contains(code);
    return passing
        ? caused(RetryAfter.passing(headers(e), object + ": " + said), e)
        : caused(
            new AccessDeniedException(
                object.toString(), null, said + remedies.getOrDefault(code, "")),
            e);
  }

  /** Tells whether a request was refused for a reason that a range in it has no part in. */
  static boolean hasOtherReason(AwsServiceException e) {
    String code = code(e);
    return PASSING.contains(code) || CREDENTIALS.contains(code);
  }

  /** Returns what {@link RetryAfter} reads; the SDK has taken OkHttp's headers for its own. */
  private static Headers headers(AwsServiceException e) {
    Headers.Builder headers = new Headers.Builder();
    Optional<SdkHttpResponse> answer =
        Optional.ofNullable(e.awsErrorDetails()).map(AwsErrorDetails::sdkHttpResponse);
    for (String name : List.of("Retry-After", "Date")) {
      answer
          .flatMap(from -> from.firstMatchingHeader(name))
          .ifPresent(value -> headers.addUnsafeNonAscii(name, value));
    }
    return headers.build();
  }

  private static String code(AwsServiceException e) {
    return e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null
        ? ""
        : e.awsErrorDetails().errorCode();
  }

  private static String said(AwsServiceException e, String code) {
    String message = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorMessage();
    return Printable.of(
        ("S3 answered HTTP " + e.statusCode() + " " + code).strip()
            + (message == null || message.isBlank() ? "" : ": " + message.strip()));
  }

  private static <E extends IOException> E caused(E failure, Throwable cause) {
    failure.initCause(cause);
    return failure;
  }
}
