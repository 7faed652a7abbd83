package dev.stretcher.sources.internal.s3;

import dev.stretcher.file.Provisional;
import dev.stretcher.sources.internal.http.HttpAnswer;
import dev.stretcher.sources.internal.http.HttpConnections;
import dev.stretcher.sources.internal.http.OnFirstUse;
import dev.stretcher.sources.internal.range.ContentRange;
import dev.stretcher.sources.internal.range.Wanted;
import dev.stretcher.sources.setting.HttpSettings;
import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.Content;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.core.ApiName;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.RequestPayer;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Opens objects in S3. Thread-safe. */
public final class S3Objects implements Closeable {
  private static final int WHOLE = 200;
  private static final int PARTIAL = 206;

  private final boolean requesterPays;
  private final HttpConnections connections;
  private final OnFirstUse<S3Client> client;

  public S3Objects(boolean requesterPays, HttpSettings http) {
    this.requesterPays = requesterPays;
    this.connections = new HttpConnections(http);
    // A bad configuration is to be the failure of an object.
    this.client = new OnFirstUse<>(() -> S3Clients.create(connections), made -> made.close());
  }

  public Content open(S3Uri object, Wanted wanted) throws IOException, InterruptedException {
    Optional<Content> part = wanted.isAll() ? Optional.empty() : part(object, wanted);
    return part.isPresent() ? part.get() : whole(object, wanted.whole());
  }

  /** Opens a range; empty if that is refused, though the whole object may not be. */
  private Optional<Content> part(S3Uri object, Wanted wanted)
      throws IOException, InterruptedException {
    try {
      return content(object, wanted, get(object, wanted));
    } catch (S3Exception e) {
      if (HttpAnswer.mayRefuseRange(e.statusCode()) && !S3Failure.hasOtherReason(e)) {
        return Optional.empty();
      }
      throw S3Failure.of(object, e);
    } catch (SdkException e) {
      throw S3Failure.of(object, e);
    }
  }

  private Content whole(S3Uri object, Wanted wanted) throws IOException, InterruptedException {
    try {
      return content(object, wanted, get(object, wanted))
          .orElseThrow(
              () -> new IOException(object + ": a part came, though all of it was asked for"));
    } catch (SdkException e) {
      throw S3Failure.of(object, e);
    }
  }

  private ResponseInputStream<GetObjectResponse> get(S3Uri object, Wanted wanted) {
    GetObjectRequest.Builder request =
        GetObjectRequest.builder()
            .bucket(object.bucket())
            .key(object.key())
            .overrideConfiguration(o -> o.addApiName(apiName(wanted.userAgent())));
    object.versionId().ifPresent(request::versionId);
    if (requesterPays) {
      request.requestPayer(RequestPayer.REQUESTER);
    }
    if (!wanted.isAll()) {
      request.range(wanted.toHeader());
      wanted.validator().ifPresent(request::ifMatch);
    }
    return client.get().getObject(request.build());
  }

  /** Returns how we introduce ourselves, besides the SDK. */
  static ApiName apiName(String userAgent) {
    int slash = userAgent.indexOf('/');
    return slash < 0
        ? ApiName.builder().name(userAgent).version("-").build()
        : ApiName.builder()
            .name(userAgent.substring(0, slash))
            .version(userAgent.substring(slash + 1))
            .build();
  }

  /** Returns what was answered; empty if it is another range than the one that was asked for. */
  private static Optional<Content> content(
      S3Uri object, Wanted asked, ResponseInputStream<GetObjectResponse> answer)
      throws IOException {
    GetObjectResponse head = answer.response();
    int status = head.sdkHttpResponse().statusCode();
    OptionalLong sent =
        head.contentLength() == null ? OptionalLong.empty() : OptionalLong.of(head.contentLength());
    Optional<String> version = Optional.ofNullable(head.eTag());
    try (Provisional<S3Body> body = Provisional.of(new S3Body(object, answer))) {
      if (status == PARTIAL) {
        Optional<ContentRange> part =
            asked.isAll() ? Optional.empty() : ContentRange.find(head.contentRange(), asked, sent);
        return part.map(
            of -> new Content(body.keep(), of.range(), of.total(), version, Optional.empty()));
      }
      if (status != WHOLE) {
        throw new IOException(object + ": S3 answered HTTP " + status + ", but 200 was expected");
      }
      return Optional.of(new Content(body.keep(), ByteRange.ALL, sent, version, Optional.empty()));
    }
  }

  @Override
  public void close() {
    client.close();
    connections.close();
  }
}
