package dev.stretcher.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as Go writes them: {@code 90s}, {@code 1m30s}, {@code 1.5h}, {@code 500ms}. A bare
 * number is seconds.
 *
 * <p>Stateless and thread-safe. Follows <a href="https://pkg.go.dev/time#ParseDuration">Go's
 * time.ParseDuration</a>; negative durations are refused.
 */
public final class GoDuration {
  private static final Pattern NUMBER = Pattern.compile("[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+");
  private static final Pattern PART =
      Pattern.compile("([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)");
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "μs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  /** Arithmetic with more digits than that takes its time. */
  private static final int LONGEST = 100;

  private GoDuration() {}

  /**
   * Returns the duration that {@code text} says.
   *
   * @throws IllegalArgumentException if it says none, or one of more than 292 years
   */
  public static Duration parse(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "'%s...' is not a duration; write it like 90s, 1m30s, 500ms or 90"
              .formatted(text.substring(0, LONGEST)));
    }
    try {
      return Duration.ofNanos(nanos(text.strip()).setScale(0, RoundingMode.DOWN).longValueExact());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("'" + text + "' is too long a duration", e);
    }
  }

  private static BigDecimal nanos(String signed) {
    String text = signed.startsWith("+") ? signed.substring(1) : signed;
    if (NUMBER.matcher(text).matches()) {
      return new BigDecimal(text).multiply(BigDecimal.valueOf(1_000_000_000L));
    }
    BigDecimal sum = BigDecimal.ZERO;
    Matcher part = PART.matcher(text);
    int end = 0;
    while (part.find() && part.start() == end) {
      long unit = NANOS.getOrDefault(part.group(2), 0L);
      sum = sum.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
      end = part.end();
    }
    if (end == 0 || end != text.length()) {
      throw new IllegalArgumentException(
          "'" + signed + "' is not a duration; write it like 90s, 1m30s, 500ms or 90");
    }
    return sum;
  }

  /**
   * Returns {@code duration} as Go prints it, such as {@code 1m30s} or {@code 1.25s}.
   *
   * @throws ArithmeticException if it is longer than 292 years, the longest that Go has
   */
  public static String format(Duration duration) {
    if (duration.isNegative()) {
      return "-" + format(duration.negated());
    }
    long nanos = duration.toNanos();
    if (nanos == 0) {
      return "0s";
    }
    if (nanos < 1_000) {
      return nanos + "ns";
    }
    if (nanos < 1_000_000) {
      return decimal(nanos, 3) + "µs";
    }
    if (nanos < 1_000_000_000) {
      return decimal(nanos, 6) + "ms";
    }
    long minutes = duration.toMinutes();
    String seconds = decimal(nanos - minutes * 60_000_000_000L, 9) + "s";
    if (minutes == 0) {
      return seconds;
    }
    return (minutes >= 60 ? minutes / 60 + "h" : "") + minutes % 60 + "m" + seconds;
  }

  private static String decimal(long nanos, int places) {
    BigDecimal value = BigDecimal.valueOf(nanos, places).stripTrailingZeros();
    return value.toPlainString();
  }
}
