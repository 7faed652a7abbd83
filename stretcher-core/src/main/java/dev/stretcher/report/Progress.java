package dev.stretcher.report;

import dev.stretcher.text.ByteSize;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * How far a long step of a deploy is.
 *
 * @param stage {@link Stage#FETCH} or {@link Stage#EXTRACT}
 * @param bytes how many bytes of the archive are done
 * @param total the length of the archive, if it is known
 * @param elapsed since the step began
 */
public record Progress(Stage stage, long bytes, OptionalLong total, Duration elapsed) {

  /** Returns the bytes per second so far. */
  public long rate() {
    return (long) (bytes * 1e9 / Math.max(1, elapsed.toNanos()));
  }

  /** Returns a line for people. */
  String message() {
    String done = stage == Stage.FETCH ? "Fetched" : "Extracted";
    String share =
        total.isEmpty()
            ? ""
            : String.format(
                Locale.ROOT,
                " of %s (%d %%)",
                ByteSize.format(total.getAsLong()),
                bytes * 100 / Math.max(1, total.getAsLong()));
    return "%s %s%s so far, %s/s"
        .formatted(done, ByteSize.format(bytes), share, ByteSize.format(rate()));
  }
}
