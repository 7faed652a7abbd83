package dev.stretcher.sources.internal.http;

import dev.stretcher.file.Provisional;
import dev.stretcher.sources.internal.range.Wanted;
import dev.stretcher.spi.Content;
import dev.stretcher.text.RedactedUri;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** One object being asked for: the request, its redirects, and ranges that are refused. */
public final class HttpFetch {
  private static final int MAX_REDIRECTS = 10;

  private final HttpConnections connections;
  private final HttpCredentials credentials;
  private final Wanted wanted;
  private final HttpUrl origin;

  public HttpFetch(
      HttpConnections connections, HttpCredentials credentials, HttpUrl origin, Wanted wanted) {
    this.connections = connections;
    this.credentials = credentials;
    this.origin = origin;
    this.wanted = wanted;
  }

  /** Returns the address of a URL. */
  public static HttpUrl address(URI uri) throws NoSuchFileException {
    // HttpUrl would take the path of http:///path for a host.
    HttpUrl parsed = uri.getRawAuthority() == null ? null : HttpUrl.parse(uri.toString());
    if (parsed == null) {
      throw new NoSuchFileException(
          RedactedUri.of(uri), null, "not a web address; write https://host/path");
    }
    return parsed;
  }

  public Content open() throws IOException, InterruptedException {
    Exchange exchange = followed();
    if (!wanted.isAll() && HttpAnswer.refusesRange(exchange.response(), wanted)) {
      exchange.close();
      return new HttpFetch(connections, credentials, origin, wanted.whole()).open();
    }
    try (Provisional<Exchange> answer = Provisional.of(exchange)) {
      Content content = HttpAnswer.content(exchange, wanted, connections);
      answer.keep();
      return content;
    }
  }

  private Exchange followed() throws IOException, InterruptedException {
    HttpUrl url = origin;
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      Exchange exchange = connections.send(request(url));
      if (!Redirection.is(exchange.response())) {
        return exchange;
      }
      try (exchange) {
        url = Redirection.target(exchange.response());
      }
    }
    throw new AccessDeniedException(
        HttpFailure.shown(origin),
        null,
        "redirected more than " + MAX_REDIRECTS + " times; check for a loop");
  }

  private Request request(HttpUrl url) throws IOException {
    Request.Builder builder =
        new Request.Builder()
            .url(url)
            .header("User-Agent", wanted.userAgent())
            .header("Accept-Encoding", "identity");
    credentials.addTo(builder, origin, url);
    if (!wanted.isAll()) {
      builder.header("Range", wanted.toHeader());
      wanted.validator().ifPresent(validator -> builder.header("If-Range", validator));
    }
    return builder.build();
  }
}
