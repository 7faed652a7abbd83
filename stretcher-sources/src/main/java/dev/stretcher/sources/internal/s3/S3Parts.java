package dev.stretcher.sources.internal.s3;

import dev.stretcher.process.Interrupts;
import dev.stretcher.sources.internal.upload.Tries;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;

/**
 * A content that is sent in <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html">parts</a>, which
 * are no object before all are there.
 */
final class S3Parts {
  private final S3Upload upload;
  private final long partLength;
  private final Tries tries;

  S3Parts(S3Upload upload, long partLength, Tries tries) {
    this.upload = upload;
    this.partLength = partLength;
    this.tries = tries;
  }

  void write() throws IOException, InterruptedException {
    String id = begin();
    boolean done = false;
    try {
      complete(id, send(id));
      done = true;
    } finally {
      if (!done) {
        abort(id);
      }
    }
  }

  private String begin() throws IOException, InterruptedException {
    try {
      return upload
          .client()
          .createMultipartUpload(
              CreateMultipartUploadRequest.builder()
                  .bucket(upload.object().bucket())
                  .key(upload.object().key())
                  .contentType(upload.content().type())
                  .metadata(upload.metadata())
                  .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                  .overrideConfiguration(S3Upload.userAgent())
                  .build())
          .uploadId();
    } catch (SdkException e) {
      throw upload.failure(e);
    }
  }

  private List<CompletedPart> send(String id) throws IOException, InterruptedException {
    List<CompletedPart> sent = new ArrayList<>();
    long length = upload.content().length();
    for (long first = 0; first < length; first += partLength) {
      Interrupts.requireNone();
      sent.add(
          send(
              id,
              new S3Part(
                  upload.content(), sent.size() + 1, first, Math.min(partLength, length - first))));
    }
    return sent;
  }

  private CompletedPart send(String id, S3Part part) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return sendOnce(id, part);
      } catch (IOException e) {
        tries.awaitNext(e, attempt);
      }
    }
  }

  private CompletedPart sendOnce(String id, S3Part part) throws IOException, InterruptedException {
    String checksum = part.sha256();
    try {
      String tag =
          upload
              .client()
              .uploadPart(
                  o ->
                      o.bucket(upload.object().bucket())
                          .key(upload.object().key())
                          .uploadId(id)
                          .partNumber(part.number())
                          .checksumSHA256(checksum)
                          .overrideConfiguration(S3Upload.userAgent()),
                  RequestBody.fromContentProvider(
                      part::open, part.length(), upload.content().type()))
              .eTag();
      return CompletedPart.builder()
          .partNumber(part.number())
          .eTag(tag)
          .checksumSHA256(checksum)
          .build();
    } catch (SdkException e) {
      throw upload.failure(e);
    }
  }

  private void complete(String id, List<CompletedPart> parts)
      throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        completeOnce(id, parts);
        return;
      } catch (IOException e) {
        tries.awaitNext(e, attempt);
      }
    }
  }

  private void completeOnce(String id, List<CompletedPart> parts)
      throws IOException, InterruptedException {
    upload.conditionally(
        onlyIfFree -> {
          CompleteMultipartUploadRequest.Builder request =
              CompleteMultipartUploadRequest.builder()
                  .bucket(upload.object().bucket())
                  .key(upload.object().key())
                  .uploadId(id)
                  .multipartUpload(o -> o.parts(parts))
                  .overrideConfiguration(S3Upload.userAgent());
          if (onlyIfFree) {
            request.ifNoneMatch(S3Upload.ANY);
          }
          upload.client().completeMultipartUpload(request.build());
        });
  }

  /** Has the server throw away what it got; a failure of that is not the one to be told. */
  private void abort(String id) throws IOException {
    // What the bucket's rules for incomplete uploads would do, if there are any.
    Interrupts.shielded(
        () -> {
          boolean isDone = isAborted(id);
          return isDone || isAborted(id);
        });
  }

  private boolean isAborted(String id) {
    try {
      upload
          .client()
          .abortMultipartUpload(
              o -> o.bucket(upload.object().bucket()).key(upload.object().key()).uploadId(id));
      return true;
    } catch (SdkException e) {
      return false;
    }
  }
}
