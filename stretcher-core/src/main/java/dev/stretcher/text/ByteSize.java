package dev.stretcher.text;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes as people write them: {@code 10MB} (10<sup>6</sup>), {@code 10 MiB} (2<sup>20</sup>),
 * {@code 512k}, {@code 1048576}.
 *
 * <p>Stateless and thread-safe. Follows go-humanize, which the original uses.
 */
public final class ByteSize {
  private static final Pattern FORM =
      Pattern.compile("\\s*([0-9][0-9,]*(?:\\.[0-9]*)?|\\.[0-9]+)\\s*([a-z]*)\\s*");
  private static final Map<String, Long> UNITS =
      Map.ofEntries(
          Map.entry("", 1L),
          Map.entry("b", 1L),
          Map.entry("k", 1_000L),
          Map.entry("kb", 1_000L),
          Map.entry("ki", 1L << 10),
          Map.entry("kib", 1L << 10),
          Map.entry("m", 1_000_000L),
          Map.entry("mb", 1_000_000L),
          Map.entry("mi", 1L << 20),
          Map.entry("mib", 1L << 20),
          Map.entry("g", 1_000_000_000L),
          Map.entry("gb", 1_000_000_000L),
          Map.entry("gi", 1L << 30),
          Map.entry("gib", 1L << 30),
          Map.entry("t", 1_000_000_000_000L),
          Map.entry("tb", 1_000_000_000_000L),
          Map.entry("ti", 1L << 40),
          Map.entry("tib", 1L << 40),
          Map.entry("p", 1_000_000_000_000_000L),
          Map.entry("pb", 1_000_000_000_000_000L),
          Map.entry("pi", 1L << 50),
          Map.entry("pib", 1L << 50),
          Map.entry("e", 1_000_000_000_000_000_000L),
          Map.entry("eb", 1_000_000_000_000_000_000L),
          Map.entry("ei", 1L << 60),
          Map.entry("eib", 1L << 60));

  private ByteSize() {}

  /**
   * Returns the number of bytes that {@code text} says.
   *
   * @throws IllegalArgumentException if it says none, or more than {@link Long#MAX_VALUE}
   */
  public static long parse(String text) {
    Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
    Long unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
    if (unit == null) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a size; write it like 10MB, 10MiB, 512k or 1048576");
    }
    BigDecimal number = new BigDecimal(matcher.group(1).replace(",", ""));
    try {
      return number.multiply(BigDecimal.valueOf(unit)).toBigInteger().longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("'" + text + "' is more than 2^63 - 1 bytes", e);
    }
  }

  /** Returns {@code bytes} so that {@link #parse} returns the same, such as {@code 100GiB}. */
  public static String exact(long bytes) {
    String[] units = {"", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    long value = bytes;
    int unit = 0;
    while (value != 0 && value % 1024 == 0 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return value + units[unit];
  }

  /** Returns {@code bytes} in a decimal unit and few digits, such as {@code 1.5 MB}. */
  public static String format(long bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    double value = bytes;
    int unit = 0;
    // 999.5 would be shown as 1000.
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    boolean fraction = unit > 0 && value < 9.95;
    return String.format(Locale.ROOT, fraction ? "%.1f %s" : "%.0f %s", value, units[unit]);
  }
}
