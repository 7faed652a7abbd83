package dev.stretcher.sources.internal.range;

import dev.stretcher.spi.ByteRange;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The value of a Content-Range header, see <a
 * href="https://www.rfc-editor.org/rfc/rfc9110#section-14.4">RFC 9110, section 14.4</a>.
 */
public record ContentRange(long first, long last, OptionalLong total) {
  // Up to 18 digits fit into a long.
  private static final Pattern FORM =
      Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\\*)");

  static Optional<ContentRange> parse(String header) {
    Matcher matcher = FORM.matcher(header.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String total = matcher.group(3);
    return Optional.of(
        new ContentRange(
            Long.parseLong(matcher.group(1)),
            Long.parseLong(matcher.group(2)),
            total.equals("*") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(total))));
  }

  /**
   * Returns the range that an answer has; empty if that is not what was asked for.
   *
   * @param header its Content-Range
   * @param asked what was asked for
   * @param sent how long its body is going to be, if that is known
   */
  public static Optional<ContentRange> find(
      @Nullable String header, Wanted asked, OptionalLong sent) {
    return Optional.ofNullable(header)
        .flatMap(ContentRange::parse)
        .filter(answer -> answer.isRange() && asked.isAnsweredBy(answer))
        .filter(answer -> sent.isEmpty() || sent.getAsLong() == answer.length());
  }

  /**
   * Returns the range that an answer has, as {@link #find} does.
   *
   * @param shown what was asked for it, for people
   * @throws IOException if that is not what was asked for
   */
  public static ContentRange of(
      @Nullable String header, Wanted asked, OptionalLong sent, String shown) throws IOException {
    return find(header, asked, sent)
        .orElseThrow(
            () ->
                new IOException(
                    shown
                        + ": asked for "
                        + asked.toHeader()
                        + ", but the server sent "
                        + (header == null ? "an unnamed part" : Printable.of(header))));
  }

  public ByteRange range() {
    return new ByteRange(first, OptionalLong.of(last));
  }

  public long length() {
    return last - first + 1;
  }

  private boolean isRange() {
    return last >= first && last < total.orElse(Long.MAX_VALUE);
  }
}
