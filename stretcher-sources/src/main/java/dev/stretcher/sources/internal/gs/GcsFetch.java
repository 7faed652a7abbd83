package dev.stretcher.sources.internal.gs;

import dev.stretcher.file.Provisional;
import dev.stretcher.sources.internal.http.Exchange;
import dev.stretcher.sources.internal.http.HttpAnswer;
import dev.stretcher.sources.internal.http.HttpConnections;
import dev.stretcher.sources.internal.range.Wanted;
import dev.stretcher.spi.Content;
import java.io.IOException;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** One object being asked for: the request, a token, and ranges that are refused. */
record GcsFetch(
    HttpConnections connections, HttpUrl endpoint, GcsTokens tokens, GcsUri object, Wanted wanted) {
  private static final int UNAUTHORIZED = 401;

  Content open() throws IOException, InterruptedException {
    Optional<String> token = tokens.token(Optional.empty());
    Exchange exchange = connections.send(request(token));
    if (exchange.response().code() == UNAUTHORIZED && token.isPresent()) {
      exchange.close();
      token = tokens.token(token);
      exchange = connections.send(request(token));
    }
    if (isRanged() && HttpAnswer.refusesRange(exchange.response(), wanted)) {
      exchange.close();
      return new GcsFetch(connections, endpoint, tokens, object, wanted.whole()).open();
    }
    try (Provisional<Exchange> answer = Provisional.of(exchange)) {
      Content content = content(exchange, token.isPresent());
      answer.keep();
      return content;
    }
  }

  private boolean isRanged() {
    return !wanted.isAll();
  }

  private Request request(Optional<String> token) {
    Optional<String> match = isRanged() ? wanted.validator() : Optional.empty();
    Request.Builder request =
        new Request.Builder()
            .url(object.media(endpoint, match))
            .header("User-Agent", wanted.userAgent())
            // Only a client that accepts gzip gets an object that is stored as gzip unchanged.
            .header("Accept-Encoding", "gzip");
    token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    if (isRanged()) {
      request.header("Range", wanted.toHeader());
    }
    return request.build();
  }

  private Content content(Exchange exchange, boolean known) throws IOException {
    int status = exchange.response().code();
    if (status != 200 && status != 206) {
      throw GcsFailure.of(object, exchange.response(), known);
    }
    Content answer = HttpAnswer.content(exchange, wanted, connections);
    return new Content(
        answer.body(),
        answer.range(),
        answer.totalLength(),
        Optional.ofNullable(exchange.response().header("x-goog-generation")),
        Optional.empty());
  }
}
