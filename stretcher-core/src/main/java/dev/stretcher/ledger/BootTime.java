package dev.stretcher.ledger;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A moment by the clock that counts from the start of the kernel. No one sets that clock, neither
 * NTP nor a person, and all processes of a host have the same one, also those in containers.
 * Immutable.
 *
 * @param bootId which start of the kernel, 32 hexadecimal digits
 * @param uptime how long after it, to 10 ms; the host may have slept meanwhile
 * @param nanos {@link System#nanoTime}, which tells two moments of the same 10 ms apart
 */
public record BootTime(String bootId, Duration uptime, long nanos) {
  private static final Pattern TEXT =
      Pattern.compile("([0-9a-f]{32})\\.([0-9]{1,15})\\.(-?[0-9]{1,19})");

  /** Tells whether both are of the same start of the kernel; others cannot be compared. */
  public boolean isOfBootOf(BootTime other) {
    return bootId.equals(other.bootId);
  }

  /** Tells whether this is the later one; never if they cannot be compared. */
  public boolean isAfter(BootTime other) {
    int byUptime = uptime.compareTo(other.uptime);
    return isOfBootOf(other) && (byUptime > 0 || (byUptime == 0 && nanos > other.nanos));
  }

  /** Returns it in one word, as {@link #parse} reads it. */
  public String text() {
    return bootId + "." + uptime.toMillis() + "." + nanos;
  }

  /** Reads what {@link #text} returns; empty if it is something else. */
  public static Optional<BootTime> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      Duration uptime = Duration.ofMillis(Long.parseLong(parts.group(2)));
      return Optional.of(new BootTime(parts.group(1), uptime, Long.parseLong(parts.group(3))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
