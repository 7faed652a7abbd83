package dev.stretcher.cli.print;

import dev.stretcher.report.LocalClock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments in the time zone of this host, as the log has them. */
public final class LocalTime {
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm", Locale.ROOT);
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT);

  private LocalTime() {}

  /** Returns a moment to the minute, such as {@code 2026/01/31 14:04}. */
  static String toMinutes(Instant moment) {
    return text(moment, MINUTES);
  }

  /** Returns a moment to the second, such as {@code 2026/01/31 14:04:05}. */
  public static String toSeconds(Instant moment) {
    return text(moment, SECONDS);
  }

  private static String text(Instant moment, DateTimeFormatter form) {
    try {
      return form.format(moment.atOffset(LocalClock.offset(moment)));
    } catch (DateTimeException | ArithmeticException e) {
      // A file system, or another host, may have told a time that no calendar has.
      return moment.toString();
    }
  }
}
