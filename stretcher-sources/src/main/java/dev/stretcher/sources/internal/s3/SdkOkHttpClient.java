package dev.stretcher.sources.internal.s3;

import dev.stretcher.process.Interrupts;
import dev.stretcher.sources.internal.http.Exchange;
import dev.stretcher.sources.internal.http.HttpAnswer;
import dev.stretcher.sources.internal.http.HttpBody;
import dev.stretcher.sources.internal.http.HttpConnections;
import java.io.IOException;
import okhttp3.Request;
import okhttp3.Response;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Lets the AWS SDK send its requests by our connections: interruptible, with our settings for
 * proxies and TLS. It sends no bodies, since we only read.
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
    return new Prepared(request(request.httpRequest()));
  }

  private static Request request(SdkHttpRequest from) {
    Request.Builder builder = new Request.Builder().url(from.getUri().toString());
    from.forEachHeader((name, values) -> values.forEach(value -> builder.addHeader(name, value)));
    // Otherwise OkHttp would ask for gzip.
    builder.header("Accept-Encoding", "identity");
    return builder.method(from.method().name(), null).build();
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
