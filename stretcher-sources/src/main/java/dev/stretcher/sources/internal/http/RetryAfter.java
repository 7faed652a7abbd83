package dev.stretcher.sources.internal.http;

import dev.stretcher.spi.RetryLaterException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads when a server wants to be asked again, in seconds or as a date, see <a
 * href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3">RFC 9110, section 10.2.3</a>.
 */
public final class RetryAfter {
  private static final String NAME = "Retry-After";

  private RetryAfter() {}

  /** Returns the exception for an answer that may be different later. */
  public static IOException passing(Headers headers, String message) {
    return of(headers)
        .<IOException>map(wait -> new RetryLaterException(message, wait))
        .orElseGet(() -> new IOException(message));
  }

  static Optional<Duration> of(Headers headers) {
    @Nullable String value = headers.get(NAME);
    if (value == null) {
      return Optional.empty();
    }
    return value.matches("[0-9]{1,9}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
        : date(headers);
  }

  /** A date is one of the server's clock, which its Date header shows. */
  private static Optional<Duration> date(Headers headers) {
    @Nullable Instant then = headers.getInstant(NAME);
    @Nullable Instant answered = headers.getInstant("Date");
    if (then == null) {
      return Optional.empty();
    }
    Instant now = answered == null ? Clock.systemUTC().instant() : answered;
    return Optional.of(Duration.between(now, then)).filter(wait -> !wait.isNegative());
  }
}
