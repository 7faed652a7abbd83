package dev.stretcher.internal.transfer;

import dev.stretcher.file.Provisional;
import dev.stretcher.internal.transfer.Transfer.OtherVersionException;
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
    return paced(content);
  }

  /**
   * Opens a range that is not the whole object.
   *
   * @param validator the version that it must be of, if it is known
   * @param length the length of the object
   * @throws UnusableRangeException if something else came; it has the whole object, if that was it
   * @throws OtherVersionException if the range of another version came
   */
  Content openRange(ByteRange range, Optional<String> validator, long length)
      throws IOException, InterruptedException {
    Content content = answer(new FetchRequest(range, validator, userAgent));
    try (Provisional<Content> opened = Provisional.of(content)) {
      OptionalLong last = content.range().last();
      boolean rest =
          last.isEmpty() || content.totalLength().equals(OptionalLong.of(last.getAsLong() + 1));
      if (content.firstByte() == 0 && rest) {
        opened.keep();
        throw new UnusableRangeException(
            "%s was asked for, and the whole object was answered".formatted(range.toHeader()),
            paced(content));
      }
      // Not by equals, which takes a JVM some 10 ms the first time, as a record has it.
      if (content.range().first() != range.first() || !last.equals(range.last())) {
        throw new UnusableRangeException(
            "%s was asked for, and %s was answered"
                .formatted(range.toHeader(), content.range().toHeader()));
      }
      boolean other =
          validator.isPresent()
              && content.validator().isPresent()
              && !content.validator().equals(validator);
      if (other || content.totalLength().orElse(length) != length) {
        throw new OtherVersionException();
      }
      opened.keep();
    }
    return paced(content);
  }

  /** Opens the end of the object; empty if the source has no way to ask for it. */
  Optional<Content> openEnd(long bytes) throws IOException, InterruptedException {
    floor.begin();
    try {
      return source.openEnd(uri, bytes, userAgent).map(this::paced);
    } finally {
      floor.end();
    }
  }

  private Content paced(Content content) {
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
