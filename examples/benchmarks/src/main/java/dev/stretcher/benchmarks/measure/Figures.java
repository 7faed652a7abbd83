package dev.stretcher.benchmarks.measure;

import java.util.Locale;
import java.util.OptionalLong;

/** Writes figures as people read them. */
public final class Figures {
  private Figures() {}

  /** Returns a time in milliseconds below a second, and in seconds from there on. */
  public static String time(double nanoseconds) {
    double milliseconds = nanoseconds / 1e6;
    if (milliseconds >= 999.5) {
      return String.format(Locale.ROOT, "%.2f s", milliseconds / 1000);
    }
    return String.format(Locale.ROOT, milliseconds < 9.95 ? "%.1f ms" : "%.0f ms", milliseconds);
  }

  /** Returns the shortest and the longest time. */
  public static String range(Samples samples) {
    return time(samples.min()) + " – " + time(samples.max());
  }

  /** Returns a ratio with two decimals. */
  public static String ratio(double ratio) {
    return String.format(Locale.ROOT, "%.2f", ratio);
  }

  /** Returns a number of mebibytes, or a dash. */
  public static String memory(OptionalLong kilobytes) {
    return kilobytes.isEmpty()
        ? "–"
        : String.format(Locale.ROOT, "%.0f MiB", kilobytes.getAsLong() / 1024.0);
  }
}
