package dev.stretcher.sources.internal.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.Headers;

/**
 * Finds the value that may be sent as If-Range later, see <a
 * href="https://www.rfc-editor.org/rfc/rfc9110#section-13.1.5">RFC 9110, section 13.1.5</a>.
 */
final class HttpValidator {
  private static final Pattern STRONG_ETAG = Pattern.compile("\"[\\x21\\x23-\\x7e]*\"");

  // RFC 9110 wants a second, and more where the clocks may differ; a minute is what RFC 7232 took.
  private static final Duration OLD_ENOUGH = Duration.ofSeconds(60);

  private HttpValidator() {}

  static Optional<String> of(Headers headers) {
    String tag = headers.get("ETag");
    if (tag != null) {
      return Optional.of(tag).filter(STRONG_ETAG.asMatchPredicate());
    }
    Instant modified = headers.getInstant("Last-Modified");
    Instant answered = headers.getInstant("Date");
    boolean strong =
        modified != null && answered != null && !answered.minus(OLD_ENOUGH).isBefore(modified);
    return strong ? Optional.ofNullable(headers.get("Last-Modified")) : Optional.empty();
  }
}
