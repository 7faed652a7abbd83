package dev.stretcher.fleet;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many hosts may switch at once: a number, or a part of those that count.
 *
 * @param value 1 or more; as a part, 1 to 100
 * @param isPercent whether it is a part
 */
public record MaxParallel(int value, boolean isPercent) {
  private static final int ALL = 100;
  private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,5})(%?)");

  /**
   * Refuses what lets no host switch.
   *
   * @throws IllegalArgumentException if the number is not positive, or the part is more than all
   */
  public MaxParallel {
    if (value < 1 || (isPercent && value > ALL)) {
      throw new IllegalArgumentException(refusal(value + (isPercent ? "%" : "")));
    }
  }

  /**
   * Reads {@code 3} or {@code 10%}.
   *
   * @throws IllegalArgumentException if the text is something else
   */
  public static MaxParallel parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(refusal(text));
    }
    return new MaxParallel(Integer.parseInt(matcher.group(1)), !matcher.group(2).isEmpty());
  }

  private static String refusal(String text) {
    return "max_parallel is '%s'; expected a number of hosts such as 3, or a part of them such as 10%%"
        .formatted(text);
  }

  /** Returns how many of so many hosts that is; at least one. */
  public int of(int hosts) {
    return isPercent ? Math.max(1, (int) ((long) hosts * value / ALL)) : value;
  }

  /** Returns the text that {@link #parse} reads. */
  @Override
  public String toString() {
    return value + (isPercent ? "%" : "");
  }
}
