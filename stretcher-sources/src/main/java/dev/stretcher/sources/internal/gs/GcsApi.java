package dev.stretcher.sources.internal.gs;

import dev.stretcher.sources.internal.http.Exchange;
import dev.stretcher.sources.internal.http.HttpConnections;
import dev.stretcher.sources.internal.upload.UserAgent;
import java.io.IOException;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/** Requests with a token, which is replaced once if it is refused. Thread-safe. */
record GcsApi(HttpConnections connections, HttpUrl endpoint, GcsTokens tokens) {
  private static final int UNAUTHORIZED = 401;

  /** An answer, and whether there were credentials to get it. */
  record Answer(Exchange exchange, boolean known) implements AutoCloseable {
    Response response() {
      return exchange.response();
    }

    /** Returns the exception for a refusal of what a publisher wants. */
    IOException failure(GcsUri object) throws IOException {
      return GcsFailure.ofPublisher(object, response(), known);
    }

    @Override
    public void close() {
      exchange.close();
    }
  }

  Answer send(Request.Builder request) throws IOException, InterruptedException {
    Optional<String> token = tokens.token(Optional.empty());
    Exchange exchange = sendOnce(request, token);
    if (exchange.response().code() == UNAUTHORIZED && token.isPresent()) {
      exchange.close();
      token = tokens.token(token);
      exchange = sendOnce(request, token);
    }
    return new Answer(exchange, token.isPresent());
  }

  private Exchange sendOnce(Request.Builder request, Optional<String> token)
      throws IOException, InterruptedException {
    token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    return sendAsIs(request);
  }

  /** Sends a request to a URL that is a secret itself. */
  Exchange sendAsIs(Request.Builder request) throws IOException, InterruptedException {
    return connections.send(
        request
            .header("User-Agent", UserAgent.text())
            .header("Accept-Encoding", "identity")
            .build());
  }

  /** Returns the URL of what is known about an object. */
  HttpUrl metadata(GcsUri object) {
    return endpoint
        .newBuilder()
        .addPathSegments("storage/v1/b")
        .addPathSegment(object.object().bucket())
        .addPathSegment("o")
        .addPathSegment(object.object().key())
        .build();
  }

  /** Returns the URL of what begins with the name of an object. */
  HttpUrl list(GcsUri prefix) {
    return endpoint
        .newBuilder()
        .addPathSegments("storage/v1/b")
        .addPathSegment(prefix.object().bucket())
        .addPathSegment("o")
        .addQueryParameter("prefix", prefix.object().key())
        .build();
  }

  /** Returns the URL that begins an upload, if there is no such object. */
  HttpUrl upload(GcsUri object) {
    return endpoint
        .newBuilder()
        .addPathSegments("upload/storage/v1/b")
        .addPathSegment(object.object().bucket())
        .addPathSegment("o")
        .addQueryParameter("uploadType", "resumable")
        .addQueryParameter("name", object.object().key())
        .addQueryParameter("ifGenerationMatch", "0")
        .build();
  }
}
