package dev.stretcher.internal.transfer;

import dev.stretcher.file.Provisional;
import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.Source;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An object of a source, of which ranges can be opened. Thread-safe.
 *
 * @param rate the limit of all its connections together
 * @param watch is told what arrives
 * @param floor the least rate of all its connections together; not of a file, which no server sends
 */
record RemoteObject(
    Source source, URI uri, String userAgent, RateLimit rate, StallWatch watch, SpeedFloor floor) {
  private static final SpeedFloor NONE = new SpeedFloor(OptionalLong.empty(), () -> 0);

  /**
   * Opens a range.
   *
   * @param validator the version that it must be of, or else the whole object comes
   * @throws OtherVersionException if the source did not heed that
   * @throws UnusableRangeException if the whole object came, though it is of that version
   */
  Content open(ByteRange range, Optional<String> validator)
      throws IOException, InterruptedException {
    Content content = answer(new FetchRequest(range, validator, userAgent));
    try (Provisional<Content> opened = Provisional.of(content)) {
      requireVersion(content, range, validator);
      opened.keep();
    }
    return new Content(
        new PacedInput(content.body(), rate, watch, content.file().isPresent() ? NONE : floor),
        content.range(),
        content.totalLength(),
        content.validator(),
        content.file());
  }

  private static void requireVersion(Content content, ByteRange asked, Optional<String> validator)
      throws IOException {
    boolean known = validator.isPresent() && content.validator().isPresent();
    if (!known || asked.first() == 0) {
      return;
    }
    boolean same = content.validator().equals(validator);
    if (!same && content.firstByte() > 0) {
      throw new OtherVersionException();
    }
    if (same && content.firstByte() == 0) {
      throw new UnusableRangeException(
          "the object from byte %s on was asked for, and all of it was answered"
              .formatted(asked.first()));
    }
  }

  private Content answer(FetchRequest request) throws IOException, InterruptedException {
    floor.begin();
    try {
      return source.open(uri, request);
    } finally {
      floor.end();
    }
  }
}
