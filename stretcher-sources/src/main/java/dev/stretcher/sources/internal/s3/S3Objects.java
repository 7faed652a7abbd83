package dev.stretcher.sources.internal.s3;

import dev.stretcher.file.Provisional;
import dev.stretcher.sources.internal.http.ContentRange;
import dev.stretcher.sources.internal.http.HttpAnswer;
import dev.stretcher.sources.internal.http.HttpConnections;
import dev.stretcher.sources.internal.http.OnFirstUse;
import dev.stretcher.sources.setting.HttpSettings;
import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
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

  public Content open(S3Uri object, FetchRequest request) throws IOException, InterruptedException {
    boolean ranged = !request.range().isAll();
    try {
      return content(object, request.range(), get(object, request));
    } catch (S3Exception e) {
      if (ranged && HttpAnswer.isOfAnotherVersion(e.statusCode())) {
        return open(object, FetchRequest.all(request.userAgent()));
      }
      throw S3Failure.of(object, e);
    } catch (SdkException e) {
      throw S3Failure.of(object, e);
    }
  }

  private ResponseInputStream<GetObjectResponse> get(S3Uri object, FetchRequest wanted) {
    GetObjectRequest.Builder request =
        GetObjectRequest.builder()
            .bucket(object.bucket())
            .key(object.key())
            .overrideConfiguration(o -> o.addApiName(apiName(wanted.userAgent())));
    object.versionId().ifPresent(request::versionId);
    if (requesterPays) {
      request.requestPayer(RequestPayer.REQUESTER);
    }
    if (!wanted.range().isAll()) {
      request.range(wanted.range().toHeader());
      wanted.validator().ifPresent(request::ifMatch);
    }
    return client.get().getObject(request.build());
  }

  /** Returns how we introduce ourselves, besides the SDK. */
  private static ApiName apiName(String userAgent) {
    int slash = userAgent.indexOf('/');
    return slash < 0
        ? ApiName.builder().name(userAgent).version("-").build()
        : ApiName.builder()
            .name(userAgent.substring(0, slash))
            .version(userAgent.substring(slash + 1))
            .build();
  }

  private static Content content(
      S3Uri object, ByteRange asked, ResponseInputStream<GetObjectResponse> answer)
      throws IOException {
    GetObjectResponse head = answer.response();
    Optional<String> version = Optional.ofNullable(head.eTag());
    S3Body body = new S3Body(object, answer);
    OptionalLong sent =
        head.contentLength() == null ? OptionalLong.empty() : OptionalLong.of(head.contentLength());
    if (head.sdkHttpResponse().statusCode() != PARTIAL) {
      return new Content(body, ByteRange.ALL, sent, version, Optional.empty());
    }
    try (Provisional<S3Body> opened = Provisional.of(body)) {
      ContentRange part = ContentRange.of(head.contentRange(), asked, sent, object.toString());
      return new Content(opened.keep(), part.range(), part.total(), version, Optional.empty());
    }
  }

  @Override
  public void close() {
    client.close();
    connections.close();
  }
}
