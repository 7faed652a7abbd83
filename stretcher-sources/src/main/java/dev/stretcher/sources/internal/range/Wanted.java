package dev.stretcher.sources.internal.range;

import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.FetchRequest;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is asked for of an object: a range of it, or its end, which <a
 * href="https://www.rfc-editor.org/rfc/rfc9110#section-14.1.2">RFC 9110</a> calls a suffix range.
 *
 * @param range the range, unless the end is asked for
 * @param end how many of the last bytes are asked for; empty if a range is
 * @param validator the version that it must be of
 * @param userAgent how Stretcher introduces itself
 */
public record Wanted(
    ByteRange range, OptionalLong end, Optional<String> validator, String userAgent) {
  /** Returns what a request asks for. */
  public static Wanted of(FetchRequest request) {
    return new Wanted(
        request.range(), OptionalLong.empty(), request.validator(), request.userAgent());
  }

  /** Asks for the last bytes of any version. */
  public static Wanted end(long bytes, String userAgent) {
    return new Wanted(ByteRange.ALL, OptionalLong.of(bytes), Optional.empty(), userAgent);
  }

  /** Returns the request for the whole object, whatever its version is. */
  public Wanted whole() {
    return new Wanted(ByteRange.ALL, OptionalLong.empty(), Optional.empty(), userAgent);
  }

  /** Tells whether the whole object is asked for. */
  public boolean isAll() {
    return end.isEmpty() && range.isAll();
  }

  /** Returns the form of the HTTP header, such as {@code bytes=0-99} or {@code bytes=-100}. */
  public String toHeader() {
    return end.isPresent() ? "bytes=-" + end.getAsLong() : range.toHeader();
  }

  /**
   * Tells whether {@code answer} is one: a range may end earlier, where the object does, and the
   * end may be all of a short object.
   */
  boolean isAnsweredBy(ContentRange answer) {
    if (end.isEmpty()) {
      return answer.first() == range.first()
          && answer.last() <= range.last().orElse(Long.MAX_VALUE);
    }
    // Without the length of the object, nothing proves that it is the end.
    return answer.total().isPresent()
        && answer.last() == answer.total().getAsLong() - 1
        && answer.length() == Math.min(end.getAsLong(), answer.total().getAsLong());
  }
}
