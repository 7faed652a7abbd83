package dev.stretcher.sources.internal.http;

import dev.stretcher.sources.internal.range.ContentRange;
import dev.stretcher.sources.internal.range.Wanted;
import dev.stretcher.sources.setting.Timeouts;
import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.Content;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import okhttp3.Response;

/** Reads answers: their status, their range, their body. */
public final class HttpAnswer {
  private static final int PARTIAL = 206;
  private static final Set<Integer> MISSING = Set.of(404, 410);
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);
  private static final Set<Integer> LOGIN = Set.of(401, 407);
  // Methods, features and versions of HTTP that a server does not have, or stumbles over.
  private static final Set<Integer> UNSUPPORTED = Set.of(500, 501, 505);

  private HttpAnswer() {}

  /** Returns the content of a final answer, which closes {@code exchange}. */
  public static Content content(Exchange exchange, Wanted asked, HttpConnections connections)
      throws IOException {
    Response response = exchange.response();
    OptionalLong sent = length(response);
    HttpBody body = body(exchange, connections.timeouts());
    Optional<String> validator = HttpValidator.of(response.headers());
    if (response.code() == 200) {
      return new Content(body, ByteRange.ALL, sent, validator, Optional.empty());
    }
    if (response.code() != PARTIAL) {
      throw refusal(response, connections.logins());
    }
    if (asked.isAll()) {
      OptionalLong total = total(response, asked, sent);
      if (total.isPresent()) {
        return new Content(body, ByteRange.ALL, total, validator, Optional.empty());
      }
      throw new IOException(
          HttpFailure.shown(response) + ": a part of it came, though all of it was asked for");
    }
    ContentRange range =
        ContentRange.of(response.header("Content-Range"), asked, sent, HttpFailure.shown(response));
    return new Content(body, range.range(), range.total(), validator, Optional.empty());
  }

  /** Returns how long an object is of which the part that came is everything. */
  private static OptionalLong total(Response response, Wanted asked, OptionalLong sent) {
    return ContentRange.find(response.header("Content-Range"), asked, sent)
        .filter(range -> range.total().equals(OptionalLong.of(range.length())))
        .map(ContentRange::total)
        .orElse(OptionalLong.empty());
  }

  /** Returns the body of any answer, which closes {@code exchange}. */
  public static HttpBody body(Exchange exchange, Timeouts timeouts) {
    return new HttpBody(exchange, length(exchange.response()), timeouts);
  }

  /**
   * Tells whether the whole object may be had though a range of it is not: the object may be
   * another one by now, and some servers, proxies and firewalls refuse ranges with an error that
   * looks like a refusal of the object.
   *
   * @param status of the answer to a request with a range
   */
  public static boolean mayRefuseRange(int status) {
    boolean refused = status >= 400 && status < 500;
    boolean otherReason =
        LOGIN.contains(status) || MISSING.contains(status) || PASSING.contains(status);
    return (refused && !otherReason) || UNSUPPORTED.contains(status);
  }

  /**
   * Tells whether an answer to a request for {@code asked} is of no use, though one without a range
   * may be.
   */
  public static boolean refusesRange(Response response, Wanted asked) {
    return mayRefuseRange(response.code())
        || (response.code() == PARTIAL
            && ContentRange.find(response.header("Content-Range"), asked, length(response))
                .isEmpty());
  }

  private static OptionalLong length(Response response) {
    long length = response.body().contentLength();
    return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
  }

  private static IOException refusal(Response response, String logins) {
    String shown = HttpFailure.shown(response);
    String status = status(response);
    int code = response.code();
    if (MISSING.contains(code)) {
      return new NoSuchFileException(shown, null, status + "; check the URL");
    }
    if (code >= 300 && code < 500 && !PASSING.contains(code)) {
      return new AccessDeniedException(shown, null, status + remedy(code, logins));
    }
    String message = shown + ": " + status + (code < 300 ? ", but 200 was expected" : "");
    return RetryAfter.passing(response.headers(), message);
  }

  private static String remedy(int code, String logins) {
    return switch (code) {
      case 401 ->
          "; put the right login into %s, or user:password@ before the host in the URL"
              .formatted(logins);
      case 407 -> "; " + HttpFailure.PROXY_REMEDY;
      case 403 -> "; check that this machine may read it";
      default -> "";
    };
  }

  /** Returns the status for people, such as {@code HTTP 404 Not Found}. */
  public static String status(Response response) {
    // HTTP/2 has no reason phrase.
    return ("HTTP " + response.code() + " " + Printable.of(response.message())).strip();
  }
}
