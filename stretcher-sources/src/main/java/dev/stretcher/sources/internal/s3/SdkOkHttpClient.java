package dev.stretcher.sources.internal.s3;

import dev.stretcher.process.Interrupts;
import dev.stretcher.sources.internal.http.Exchange;
import dev.stretcher.sources.internal.http.HttpAnswer;
import dev.stretcher.sources.internal.http.HttpBody;
import dev.stretcher.sources.internal.http.HttpConnections;
import java.io.IOException;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.internal.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Lets the AWS SDK send its requests by our connections: interruptible, with our settings for
 * proxies and TLS.
 */
final class SdkOkHttpClient implements SdkHttpClient {
  private final HttpConnections connections;

  SdkOkHttpClient(HttpConnections connections) {
    this.connections = connections;
  }

  @Override
  public String clientName() {
    return "OkHttp";
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new Prepared(request(request));
  }

  private static Request request(HttpExecuteRequest from) {
    SdkHttpRequest head = from.httpRequest();
    Request.Builder builder = new Request.Builder().url(head.getUri().toString());
    head.forEachHeader((name, values) -> values.forEach(value -> builder.addHeader(name, value)));
    // Otherwise OkHttp would ask for gzip.
    builder.header("Accept-Encoding", "identity");
    // OkHttp would wait for a 100 until the time-out, and not each server sends one.
    builder.removeHeader("Expect");
    String method = head.method().name();
    @Nullable RequestBody body =
        from.contentStreamProvider()
            .<RequestBody>map(content -> new SdkBody(head, content))
            .orElse(null);
    boolean bodyWanted = body == null && HttpMethod.requiresRequestBody(method);
    return builder.method(method, bodyWanted ? RequestBody.EMPTY : body).build();
  }

  @Override
  public void close() {
    // The connections are closed by their owner.
  }

  private final class Prepared implements ExecutableHttpRequest {
    private final Request request;

    Prepared(Request request) {
      this.request = request;
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
      try {
        return answer(connections.send(request));
      } catch (InterruptedException e) {
        throw Interrupts.asIoException(e);
      }
    }

    private HttpExecuteResponse answer(Exchange exchange) {
      Response response = exchange.response();
      SdkHttpFullResponse.Builder head =
          SdkHttpFullResponse.builder().statusCode(response.code()).statusText(response.message());
      response.headers().forEach(pair -> head.appendHeader(pair.getFirst(), pair.getSecond()));
      HttpBody body = HttpAnswer.body(exchange, connections.timeouts());
      return HttpExecuteResponse.builder()
          .response(head.build())
          .responseBody(AbortableInputStream.create(body, body::close))
          .build();
    }

    @Override
    public void abort() {
      // Waiting for an answer ends with an interrupt, reading it by closing the body.
    }
  }
}
