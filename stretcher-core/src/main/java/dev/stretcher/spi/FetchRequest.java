package dev.stretcher.spi;

import java.util.Optional;

/**
 * What the engine asks of a {@link Source}.
 *
 * @param range the wanted bytes
 * @param validator the {@link Content#validator} of an earlier answer: the range is wanted only if
 *     the object is still that one, else the whole object is (HTTP's {@code If-Range})
 * @param userAgent how Stretcher introduces itself, such as {@code Stretcher/0.1.0}
 */
public record FetchRequest(ByteRange range, Optional<String> validator, String userAgent) {
  /** Asks for a whole object. */
  public static FetchRequest all(String userAgent) {
    return new FetchRequest(ByteRange.ALL, Optional.empty(), userAgent);
  }
}
